// Whether what is built for WeChat is what WeChat takes: npm run check:mp. It builds by itself; the web build is taken
// as it was left in dist/build/h5.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import { addresses, componentsOf, files, json, packages, pages, text } from './built.mjs';
import { wrongs } from './markup.mjs';

const require = createRequire(import.meta.url);
const room = fileURLToPath(new URL('..', import.meta.url));
const src = join(room, 'src');
const built = join(room, 'dist/check/mp-weixin');
const web = join(room, 'dist/build/h5');
const house = 'https://zw.example.gov.cn';
const kb = 1024;

const make = (given) =>
  spawnSync(process.execPath, [join(room, 'scripts/mp.mjs')], {
    env: { ...process.env, HOUSE: '', APPID: '', UNI_OUTPUT_DIR: built, ...given },
    encoding: 'utf8',
  });
const sources = (...endings) => files(src, ...endings).filter((name) => !/\.test\.ts$|schema\.d\.ts$/.test(name));
const read = (...endings) => sources(...endings).map((name) => ({ name, code: text(src, name) }));

describe('make mp', () => {
  it('builds nothing without an address that WeChat takes', () => {
    for (const HOUSE of ['', 'http://zw.example.gov.cn', 'zw.example.gov.cn', `${house}/`, 'https://127.0.0.1', 'https://localhost:8080']) {
      const { status, stderr } = make({ HOUSE });
      assert.equal(status, 2, HOUSE);
      assert.match(stderr, /[一-鿿]{4}/);
    }
    assert.match(make({ HOUSE: house, APPID: 'wx12' }).stderr, /AppID/);
  });
});

before(() => {
  const { status, stdout, stderr } = make({ HOUSE: house, APPID: 'wx0123456789abcdef' });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout, /主包/);
});

describe('what is built for WeChat', () => {
  it('asks the house that was named, under the AppID that was named', () => {
    assert.ok(text(built, 'platform/house.js').includes(`"${house}"`));
    assert.equal(json(built, 'project.config.json').appid, 'wx0123456789abcdef');
  });

  it('is small: the main package below 600 KB, each below 2 MB, all below 20 MB', () => {
    const all = packages(built);
    for (const { root, size } of all) assert.ok(size < (root ? 2048 : 600) * kb, `${root || 'main'}: ${size}`);
    assert.ok(all.reduce((sum, p) => sum + p.size, 0) < 20 * kb * kb);
  });

  it('has the pages that lie in the sources, and no others', () => {
    const lying = sources('.vue').filter((name) => /^(pages|packages)\/\w+\/[a-z]\w*\.vue$/.test(name));
    assert.deepEqual(pages(built), lying.map((name) => name.replace(/\.vue$/, '')).sort());
    for (const page of pages(built)) for (const end of ['js', 'json', 'wxml']) assert.ok(existsSync(join(built, `${page}.${end}`)), page);
  });

  it('declares what WeChat wants declared', () => {
    const app = json(built, 'app.json');
    assert.equal(app.__usePrivacyCheck__, true);
    assert.equal(app.lazyCodeLoading, 'requiredComponents');
    assert.equal(app.darkmode, true);
    for (const file of [app.sitemapLocation, app.themeLocation, 'custom-tab-bar/index.json']) assert.ok(existsSync(join(built, file)), file);
    assert.ok(!('rpxCalcMaxDeviceWidth' in app.window), 'a word of the web build');
  });

  it('asks leave for the places and addresses that it uses, and says why', () => {
    const app = json(built, 'app.json');
    const private_ =
      'getFuzzyLocation|getLocation|onLocationChange|startLocationUpdate(?:Background)?|chooseLocation|choosePoi|chooseAddress';
    const asking = new RegExp(`\\b(?:uni|wx)\\.(${private_})\\b`, 'g');
    const used = new Set(read('.ts', '.vue').flatMap(({ code }) => [...code.matchAll(asking)].map((m) => m[1])));
    assert.deepEqual([...app.requiredPrivateInfos].sort(), [...used].sort());
    const scopes = { getFuzzyLocation: 'scope.userFuzzyLocation', getLocation: 'scope.userLocation' };
    const wanted = Object.entries(scopes).filter(([api]) => used.has(api)).map(([, scope]) => scope);
    assert.deepEqual(Object.keys(app.permission), wanted);
    for (const { desc } of Object.values(app.permission)) assert.ok(desc.length > 4 && desc.length <= 30, desc);
  });

  it('lets WeChat list only pages that are there', () => {
    const named = json(built, 'sitemap.json').rules.map((r) => r.page).filter((page) => page !== '*');
    for (const page of named) assert.ok(pages(built).includes(page), page);
  });
});

describe('the code of it', () => {
  it('is markup and looks that WeChat compiles', { skip: compilers() }, () => {
    const much = { maxBuffer: 64 * kb * kb };
    const draw = new Function('window', require('miniprogram-compiler').wxmlToJs(built, much))({});
    for (const name of files(built, '.wxml')) assert.equal(typeof draw(name), 'function', name);
    // Its own wrapper for looks takes an error for a result.
    const names = files(built, '.wxss').map((name) => name.replace(/\.wxss$/, ''));
    const looks = require('miniprogram-compiler/src/wcsc')(built, names, much);
    assert.ok(!(looks instanceof Error), looks.message);
    for (const name of names) assert.ok(`${name}.wxss` in looks, name);
  });

  it('has markup that WeChat does not only compile but draw', () => {
    for (const name of files(built, '.wxml')) {
      assert.deepEqual(wrongs(text(built, name), componentsOf(built, name.replace(/\.wxml$/, ''))), [], name);
    }
  });

  it('would not, with what WeChat leaves out in silence', () => {
    const wrong = {
      '<text><marked u-i="1"/></text>': '<marked> within <text> is not drawn',
      '<view bind:vue:mounted="{{a}}"/>': 'bind:vue:mounted on <view> is an event that nobody sends',
      '<icon u-p="{{a}}"/>': "<icon> is WeChat's own, no component may be called so",
      '<marked aria-role="link"/>': '<marked> is told its role by a name that it does not know',
      '<view wx:for="{{c}}" wx:for-item="d"><marked u-p="{{d}}"/></view>':
        '<marked> means something else by d, which is what its loop calls an item',
      '<view><lost/></view>': '<lost> is nothing that WeChat or we know',
    };
    for (const [markup, why] of Object.entries(wrong)) assert.deepEqual(wrongs(markup, [markup.includes('<icon') ? 'icon' : 'marked']), [why], markup);
    assert.deepEqual(wrongs('<text a="{{b > 1}}"><text>1</text></text><marked/><input bindinput="{{c}}"/>', ['marked']), []);
  });

  it('has looks that phones of some years ago know', () => {
    for (const name of files(built, '.wxss')) assert.doesNotMatch(text(built, name), /[;{]\s*inset\s*:/, name);
  });

  it('is JavaScript that WeChat on old phones has', () => {
    const linter = new Linter();
    for (const name of files(built, '.js')) {
      const asks = name === 'common/vendor.js' ? [old, guarded] : [old];
      const found = linter.verify(text(built, name), asks, name).map((m) => `${m.line}:${m.column} ${m.message}`);
      assert.deepEqual(found, [], name);
    }
  });
});

/** The calls for which WeChat wants a line in 用户隐私保护指引. */
const personal = (
  'getPhoneNumber getRealtimePhoneNumber setClipboardData getClipboardData getUserProfile getUserInfo chooseAvatar chooseImage ' +
  'chooseMedia chooseVideo chooseMessageFile getLocation getFuzzyLocation chooseLocation choosePoi chooseAddress ' +
  'chooseInvoiceTitle chooseLicensePlate getWeRunData saveImageToPhotosAlbum saveVideoToPhotosAlbum addPhoneContact ' +
  'addPhoneCalendar getRecorderManager startRecord createCameraContext openBluetoothAdapter startAccelerometer startCompass ' +
  'startGyroscope startDeviceMotionListening'
).split(' ');

/** ECMAScript 2019 with what WeChat has besides, in base library 2.32.3, on Android and on iOS 13. */
const wechat = 'wx App Page Component Behavior getApp getCurrentPages require module exports console setTimeout clearTimeout setInterval clearInterval';
const late = 'at|replaceAll|findLast|findLastIndex|hasOwn|allSettled|any|matchAll|toSorted|toReversed|toSpliced|toLocaleString';
const old = {
  languageOptions: {
    ecmaVersion: 2019,
    sourceType: 'commonjs',
    globals: Object.fromEntries(wechat.split(' ').map((name) => [name, 'readonly'])),
  },
  rules: {
    'no-undef': 'error',
    'no-restricted-syntax': [
      'error',
      { selector: `CallExpression > MemberExpression.callee[computed=false][property.name=/^(${late})$/]`, message: 'Came later.' },
      { selector: 'Literal[regex.pattern=/\\(\\?<[=!]/]', message: 'iOS before 16.4 does not look behind.' },
      { selector: "NewExpression[callee.name='Function']", message: 'WeChat makes no code at run time.' },
    ],
  },
};

/** What uni-app and Vue use after having asked whether it is there. */
const guarded = {
  languageOptions: {
    globals: Object.fromEntries(['globalThis', 'window', 'my', 'atob', 'createMiniProgramApp'].map((name) => [name, 'readonly'])),
  },
};

function compilers() {
  if (process.platform === 'linux' && process.arch === 'x64') return false;
  console.error('SKIPPED: the compilers of WXML and WXSS run on Linux (x64) only: markup and looks were not compiled');
  return true;
}

describe('every page, in WeChat\'s own component framework', () => {
  /** What stood on each page, and what went wrong: scripts/phone.mjs. */
  const seen = [];
  before(() => {
    writeFileSync(join(built, '../package.json'), '{"type":"commonjs"}\n');
    const { stdout, stderr } = spawnSync(process.execPath, [join(room, 'scripts/phone.mjs'), built], { encoding: 'utf8' });
    seen.push(...stdout.trim().split('\n').map((line) => JSON.parse(line)));
    assert.equal(stderr, '');
  });

  it('is opened', () => assert.deepEqual([...new Set(seen.map((s) => s.page))].sort(), pages(built)));

  it('shows what it is about, on a cold start, by link and by code', () => {
    for (const { page, query, word, text: shown } of seen) assert.ok(shown.includes(word), `${page} ${JSON.stringify(query)}: ${shown}`);
  });

  it('goes without a fault', () => {
    for (const { page, query, troubles } of seen) assert.deepEqual(troubles, [], `${page} ${JSON.stringify(query)}`);
  });

  it('makes of a long text only what is near', () => {
    const { made, text: shown } = seen.find((s) => s.query.id === 'long');
    assert.ok(made < 400 && !shown.includes('第 100 段'), `${made} components`);
  });

  it('asks the house no more than three times', () => {
    for (const { page, asked } of seen) assert.ok(asked.length <= 3, `${page}: ${asked.join(' ')}`);
  });
});

describe('ways', () => {
  const addressed = (code) => [...code.matchAll(/['"`]\/((?:pages|packages)\/\w+\/\w+)/g)].map((m) => m[1]);

  it('lead to every page of a package, and to none that is not there', () => {
    const ways = new Set(addressed(text(src, 'model/ways.ts')));
    const tabs = json(built, 'app.json').tabBar.list.map((t) => t.pagePath);
    assert.deepEqual([...new Set([...ways, ...tabs])].sort(), pages(built));
  });

  it('are where addresses stand: elsewhere only those of tabs and of codes', () => {
    for (const { name, code } of read('.ts', '.vue')) {
      const loose = addressed(code).filter((page) => !pages(built).includes(page) || (page.startsWith('packages/') && !allowed(name)));
      assert.deepEqual(loose, [], name);
    }
    function allowed(name) {
      return ['model/ways.ts', 'platform/landing.ts'].includes(name);
    }
  });
});

describe('src/platform', () => {
  it('alone knows WeChat from the web', () => {
    const knows = read('.ts', '.vue', '.scss', '.json').filter(({ code }) => /#(ifdef|ifndef|endif)\b|\bwx\.[a-z]/.test(code));
    assert.deepEqual(knows.map(({ name }) => name).filter((name) => !name.startsWith('platform/')), []);
  });
});

describe('other hosts', () => {
  const known = json(room, 'scripts/hosts.json');
  const builds = existsSync(web) ? [built, web] : [built];

  it('stand in no build but with the reason for each', () => {
    if (builds.length === 1) console.error('SKIPPED: no dist/build/h5: other hosts in the web build were not looked for');
    for (const build of builds) {
      for (const [address, names] of addresses(build)) {
        assert.ok(address === house || address in known, `${address} in ${names}`);
      }
    }
  });

  it('are forgotten when they are gone', { skip: builds.length === 1 }, () => {
    const found = new Set(builds.flatMap((build) => [...addresses(build).keys()]));
    for (const [address, why] of Object.entries(known)) {
      assert.ok(found.has(address), address);
      assert.ok(why.length > 10, address);
    }
  });
});

describe('docs/wechat.md', () => {
  const top = join(room, '..');
  const guide = text(top, 'docs/wechat.md');
  const all = (code, pattern) => [...new Set([...code.matchAll(pattern)].map((m) => m[1]))].sort();

  it('names the settings that there are, and all that WeChat needs', () => {
    const settings = all(text(top, 'docs/configuration.md'), /^\| `(YUANDU_\w+)`/gm);
    const named = all(guide, /`(YUANDU_\w+)`/g);
    assert.deepEqual(named.filter((name) => !settings.includes(name)), []);
    assert.deepEqual(settings.filter((name) => name.startsWith('YUANDU_WECHAT_') && !named.includes(name)), []);
  });

  it('lists the pages that there are, with the letters of their codes', () => {
    assert.deepEqual(all(guide, /^\| `((?:pages|packages)\/[\w/]+)`/gm), pages(built));
    const letters = [...text(src, 'platform/landing.ts').matchAll(/^ {2}([a-z]): '\/([\w/]+)'/gm)];
    assert.equal(letters.length, 9);
    for (const [, letter, page] of letters) assert.match(guide, new RegExp(`\`${page}\` \\| .*码 \`${letter}=`), page);
  });

  it('declares what is personal in the calls that are made, and nothing else', () => {
    const declared = all(guide, /^\| [^|]+ \| `(\w+)` \|/gm);
    const made = read('.ts', '.vue').map(({ code }) => code).join('\n');
    assert.deepEqual(declared, personal.filter((call) => new RegExp(`\\b(uni\\.|wx\\.|open-type="[\\w|]*)${call}\\b`).test(made)).sort());
  });

  it('asks for the messages that the demo sends', () => {
    const [, templates] = /var sampleTemplates = ([^]*?)\n}/.exec(text(top, 'cmd/yuandu/wechat.go'));
    for (const word of all(templates, /(?:Title|Label): "([^"]+)"/g)) assert.ok(guide.includes(word), word);
  });

  it('knows the address of the push, and the words that build', () => {
    assert.ok(guide.includes(`${house}/wechat/push`) && text(top, 'docs/configuration.md').includes('/wechat/push'));
    assert.match(text(top, 'Makefile'), /^mp: /m);
    for (const word of all(guide, /npm run ([\w:]+)/g)) assert.ok(word in json(room, 'package.json').scripts, word);
  });
});
