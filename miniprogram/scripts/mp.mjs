// Builds the mini program for WeChat: HOUSE is where the house answers, APPID the mini program's own number. Nothing is
// uploaded: that is done by a person, in WeChat's developer tools (docs/wechat.md).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packages } from './built.mjs';

const room = fileURLToPath(new URL('..', import.meta.url));
const placeholder = 'touristappid'; // what developer tools take for trying out

const { HOUSE = '', APPID = '' } = process.env;
const refused = refusal(HOUSE, APPID);
if (refused) {
  console.error(refused);
  process.exit(2);
}

const out = process.env.UNI_OUTPUT_DIR ?? join(room, 'dist/build/mp-weixin');
build();
complete();
tell();

/** What is wrong with what was given, in a sentence; "" where nothing is. */
function refusal(house, appid) {
  const example = '例如：make mp HOUSE=https://zw.example.gov.cn APPID=wx0123456789abcdef';
  if (!house) return `没有说明服务器的网址（HOUSE）。${example}`;
  const at = URL.canParse(house) ? new URL(house) : undefined;
  if (at?.protocol !== 'https:') return `服务器的网址必须以 https:// 开头，微信不接受别的：${house}。${example}`;
  if (at.origin !== house) return `服务器的网址只写到域名，后面不带斜线和路径：请把 ${house} 改成 ${at.origin}。`;
  if (/^[\d.]+$|^\[|^localhost$/.test(at.hostname)) return `微信只接受备案过的域名，不接受 IP 地址和 localhost：${house}。`;
  if (appid && !/^wx[0-9a-f]{16}$/.test(appid)) return `AppID 应该是 wx 加 16 位数字和小写字母：${appid}。在微信公众平台「开发管理」里可以看到。`;
  return '';
}

function build() {
  rmSync(out, { recursive: true, force: true }); // what is left from before would be uploaded too
  const env = { ...process.env, UNI_OUTPUT_DIR: out, VITE_HOUSE: HOUSE };
  const done = spawnSync(process.execPath, [join(room, 'node_modules/@dcloudio/vite-plugin-uni/bin/uni.js'), 'build', '-p', 'mp-weixin'], {
    cwd: room,
    env,
    encoding: 'utf8',
  });
  if (done.status === 0 && existsSync(join(out, 'app.json'))) return;
  console.error(`${done.stdout}${done.stderr}`);
  process.exit(1);
}

/** Says in the project's own files what uni-app does not know, and leaves out what only its web build understands. */
function complete() {
  edit('project.config.json', (project) => ({ ...project, appid: APPID || placeholder }));
  const ofTheWeb = (name) => name.startsWith('rpxCalc');
  edit('app.json', (app) => ({
    ...app,
    window: Object.fromEntries(Object.entries(app.window).filter(([name]) => !ofTheWeb(name))),
  }));
}

function edit(name, change) {
  const path = join(out, name);
  writeFileSync(path, `${JSON.stringify(change(JSON.parse(readFileSync(path, 'utf8'))), null, 2)}\n`);
}

function tell() {
  const kb = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;
  const all = packages(out);
  for (const { root, size } of all) console.log(`${(root || '主包').padEnd(20)} ${kb(size)}`);
  console.log(`${'合计'.padEnd(20)} ${kb(all.reduce((sum, p) => sum + p.size, 0))}`);
  console.log(`已生成：${out}`);
  if (!APPID) console.log('没有给出 AppID（APPID）：只能在开发者工具里试用，不能上传。');
  console.log('下一步：用微信开发者工具打开这个文件夹，见 docs/wechat.md「生成和上传」。');
}
