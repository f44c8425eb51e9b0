// A phone on which pages of the WeChat build are tried out: WeChat's own component framework (miniprogram-exparser) and
// template compiler, in a made-up document, with as much of wx as the pages call. What it lacks is WeChat itself.
//   node scripts/phone.mjs FOLDER    opens every page and says, a line of JSON each, what stood there and what failed
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { Window } from 'happy-dom';
import { answerTo, openings } from './answers.mjs';

const require = createRequire(import.meta.url);
const folder = resolve(process.argv[2]);
const soon = (ms = 0) => new Promise((done) => setTimeout(done, ms));
const settled = 300; // ms: shapes come after 200
const patience = 4000; // ms, on a busy machine

const troubles = [];
const asked = [];
let made = 0; // components
console.error = (...said) => troubles.push(said.map((one) => one?.stack ?? String(one)).join(' '));
process.on('unhandledRejection', (thrown) => troubles.push(`unhandled: ${thrown?.stack ?? thrown}`));

/** Nothing stays on this phone. */
const files = {
  mkdir: ({ complete }) => complete(),
  readFile: ({ fail }) => fail({}),
  writeFile: ({ success }) => success({}),
  unlink: ({ complete }) => complete(),
};

furnish();
const simulate = require('miniprogram-simulate');
const make = globalThis.Component;
globalThis.Component = (definition) => make(readyLater(definition));
require(join(folder, 'app.js'));
for (const step of ['onLaunch', 'onShow']) globalThis.app[step]({ query: {} });
await soon(settled);

for (const [page, query, word] of openings) {
  console.log(JSON.stringify({ page, query, word, ...(await open(page, query, word)) }));
}
process.exit();

async function open(page, query, word) {
  troubles.length = asked.length = made = 0;
  const id = simulate.load(join(folder, page), page.replaceAll('/', '-').toLowerCase(), { rootPath: folder });
  const one = simulate.render(id);
  Object.assign(one.instance, { route: page, is: page, options: query });
  const place = document.createElement('div');
  document.body.appendChild(place);
  one.attach(place);
  for (const [step, given] of [['onLoad', query], ['onShow'], ['onReady']]) one.instance[step]?.(given);
  for (let waits = 0; waits < patience && !place.textContent.includes(word); waits += 100) await soon(100);
  await soon(settled);
  return { text: place.textContent, asked: [...asked], troubles: [...troubles], made };
}

/** The simulator says ready only of what is there at first; WeChat says it of all. */
function readyLater(definition) {
  const { attached, ready } = definition.lifetimes ?? {};
  if (!ready) return definition;
  const once = function () {
    if (!this.wasReady) ready.call(this);
    this.wasReady = true;
  };
  const comes = function () {
    made += 1;
    attached?.call(this);
    setTimeout(() => once.call(this), 5);
  };
  return { ...definition, lifetimes: { ...definition.lifetimes, attached: comes, ready: once } };
}

function furnish() {
  const window = new Window();
  const here = ['document', 'Element', 'HTMLElement', 'Node', 'Event', 'CustomEvent', 'MutationObserver', 'Text'];
  const globals = Object.fromEntries(here.map((name) => [name, window[name]]));
  const app = { App: (one) => (globalThis.app = one), Page: () => undefined, getApp: () => globalThis.app };
  Object.assign(globalThis, globals, app, { window, wx: wx(), getCurrentPages: () => [{}] });
}

function wx() {
  const phone = { SDKVersion: '2.32.3', language: 'zh_CN', fontSizeScaleFactor: 1, windowWidth: 375, statusBarHeight: 44 };
  const kept = { token: '"a token"' };
  const observer = { relativeToViewport: () => observer, observe: () => undefined, disconnect: () => undefined };
  const known = {
    env: { USER_DATA_PATH: '/phone' },
    request,
    getStorageSync: (name) => kept[name] ?? '',
    setStorageSync: (name, value) => (kept[name] = value),
    removeStorageSync: (name) => delete kept[name],
    getMenuButtonBoundingClientRect: () => ({ left: 281, top: 48, width: 87, height: 32 }),
    getNetworkType: ({ success }) => success({ networkType: 'wifi' }),
    getFileSystemManager: () => files,
    createIntersectionObserver: () => observer,
    createSelectorQuery: query,
    pageScrollTo: ({ complete }) => complete?.(),
    canIUse: () => true,
  };
  for (const name of ['AppBaseInfo', 'WindowInfo', 'DeviceInfo', 'SystemSetting', 'AppAuthorizeSetting']) known[`get${name}`] = () => phone;
  for (const name of ['getSystemInfoSync', 'getLaunchOptionsSync', 'getEnterOptionsSync']) known[name] = () => phone;
  for (const name of ['setNavigationBarTitle', 'hideKeyboard', 'navigateTo', 'switchTab', 'stopPullDownRefresh']) known[name] = () => undefined;
  const isEvent = (name) => /^(on|off)[A-Z]/.test(name);
  return new Proxy(known, { get: (all, name) => all[name] ?? (isEvent(String(name)) ? () => undefined : undefined) });
}

function request({ url, method, success, complete }) {
  const body = answerTo(url);
  asked.push(`${method} ${url}`);
  const gone = { status: 404, code: 'policy.not_found', detail: '没有找到' };
  setTimeout(() => {
    success({ statusCode: body ? 200 : 404, data: body ?? gone, header: {}, errMsg: 'request:ok' });
    complete?.();
  });
  return { abort: () => undefined };
}

function query() {
  const one = { exec: (tell) => setTimeout(() => tell?.([])) };
  for (const step of ['in', 'select', 'selectViewport', 'boundingClientRect', 'scrollOffset']) one[step] = () => one;
  return one;
}
