/** How fast, how small and how open to everybody the mini program is. What is measured goes into the file FIGURES names. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriersAndContrast, openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, signInAs, sizes, smallestTarget, takePhone } from './phone';
// @ts-expect-error -- a script of the mini program's own build
import { packages } from '../miniprogram/scripts/built.mjs';

const figures: Record<string, number> = {};
const trials = 5;
let house: House;
let browser: Browser;
let id = ''; // of a document of 300 articles

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  house.run('import', 'policies', longLaw());
  const found = (await (await fetch(`${house.address}/api/v1/policies?q=${encodeURIComponent(title)}`)).json()) as { items: { id: string }[] };
  id = found.items[0]?.id ?? '';
});

afterAll(async () => {
  writeFileSync(process.env.FIGURES ?? join(tmpdir(), 'figures.json'), JSON.stringify(figures));
  await browser?.close();
  await house?.stop();
});

let title = '';

/** A real law of about 300 articles, in a file for the import. */
function longLaw(): string {
  const laws = gunzipSync(new Uint8Array(readFileSync(fileURLToPath(new URL('../../shared/data/laws/laws.jsonl.gz', import.meta.url))))).toString().trim().split('\n');
  const articles = (line: string) => line.match(/第[一二三四五六七八九十百零]+条　?/g)?.length ?? 0;
  const law = laws.find((line) => articles(line) >= 300 && articles(line) < 340) ?? '';
  title = (JSON.parse(law) as { title: string }).title;
  const file = join(tmpdir(), 'long-law.jsonl');
  writeFileSync(file, law);
  return file;
}

const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;

/** A phone of some years ago on a slow network: 4 × CPU, 1.6 Mbit/s down, 150 ms. */
async function slowPhone() {
  const phone = await takePhone(browser, house.address);
  const wire = await phone.context.newCDPSession(phone.page);
  await wire.send('Network.enable');
  await wire.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 });
  await wire.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return phone;
}

/** Milliseconds until the first words are painted, and until a page is whole. */
async function opened(path: string, whole: string): Promise<[number, number]> {
  const { page, context } = await slowPhone();
  await page.goto(path, { waitUntil: 'commit' });
  await page.locator(whole).first().waitFor();
  const times = await page.evaluate(firstWordsAndNow);
  await context.close();
  return times;
}

function firstWordsAndNow(): Promise<[number, number]> {
  const now = performance.now();
  return new Promise((tell) => {
    new PerformanceObserver((list) => {
      for (const paint of list.getEntriesByName('first-contentful-paint')) tell([paint.startTime, now]);
    }).observe({ type: 'paint', buffered: true });
  });
}

test('opens soon on a slow phone, beside a plain page of the same binary', async () => {
  const pages: [string, string, string][] = [
    ['a plain static page', '/privacy', 'main'], ['the first page', '/m/', '.policy-row'],
    ['a document of 300 articles by its address', `/m/packages/policy/policy?id=${id}`, '.block.article'],
  ];
  for (const [name, path, whole] of pages) {
    const times: [number, number][] = [];
    for (let i = 0; i < trials; i += 1) times.push(await opened(path, whole));
    figures[`first words of ${name}`] = median(times.map(([first]) => first));
    figures[`the whole of ${name}`] = median(times.map(([, all]) => all));
  }
});

/** Milliseconds from a finger that touches the glass to the frame that shows something, by the page's own clock. */
function fromFingerToWords(what: string): Promise<number> {
  return new Promise((tell) => {
    addEventListener('pointerdown', (touch) => {
      const watcher = new MutationObserver(() => {
        if (!document.querySelector(what)?.getClientRects().length) return;
        watcher.disconnect();
        requestAnimationFrame(() => setTimeout(() => tell(performance.now() - touch.timeStamp))); // after the paint
      });
      watcher.observe(document.body, { childList: true, subtree: true });
    }, { once: true, capture: true });
  });
}

test('opens a document of 300 articles from a list on a slow phone', async () => {
  const times: number[] = [];
  for (let i = 0; i < trials; i += 1) {
    const { page, context } = await slowPhone();
    await page.goto(`/m/packages/policy/search?q=${encodeURIComponent(title)}`);
    await arrived(page);
    const seen = page.evaluate(fromFingerToWords, '.block.article');
    await page.locator('.policy-row:visible').first().click();
    times.push(await seen);
    await context.close();
  }
  figures['a document of 300 articles from a list'] = median(times);
});

/** Every screen, by its address. */
const screens = (): [string, string][] => [
  ['home', '/m/'], ['policies', '/m/pages/policy/policies'], ['talk', '/m/pages/talk/talk'], ['mine', '/m/pages/mine/mine'],
  ['search', '/m/packages/policy/search'], ['found', '/m/packages/policy/search?q=养老'], ['policy', `/m/packages/policy/policy?id=${id}`],
  ['revisions', `/m/packages/policy/revisions?kind=policy&id=${id}`], ['topic', '/m/packages/directory/topic?id=elderly'],
  ['favourites', '/m/packages/account/favourites'], ['follows', '/m/packages/account/follows'], ['history', '/m/packages/account/history'],
  ['reading', '/m/packages/account/reading'], ['privacy', '/m/packages/account/privacy'], ['privacy text', '/m/packages/account/policy'],
  ['erase', '/m/packages/account/erase'], ['about', '/m/packages/account/about'], ['write', '/m/packages/feedback/write?kind=complaint'],
  ['feedbacks', '/m/packages/feedback/mine'],
];

test('asks the house no more than three times for a page', async () => {
  const { page } = await signedIn(false);
  let asked: string[] = [];
  page.on('request', (r) => void (/\/api\/v1\//.test(r.url()) && asked.push(r.url())));
  let most = 0;
  for (const [name, path] of screens()) {
    asked = [];
    await page.goto(path);
    await arrived(page);
    most = Math.max(most, asked.length);
    if (asked.length > 3) console.log(name, asked);
  }
  figures['requests of a page view'] = most;
});

test('lets everybody in, on every screen', async () => {
  let [violations, contrast, target] = [0, Infinity, Infinity];
  for (const elder of [false, true]) {
    const { page } = await signedIn(elder);
    for (const [name, path] of screens()) {
      await page.goto(path);
      for (const size of sizes) {
        await page.setViewportSize(size);
        await arrived(page);
        const found = await barriersAndContrast(page);
        if (found.violations.length) console.log(name, elder, size.width, found.violations);
        violations += found.violations.length;
        if (!elder) continue;
        contrast = Math.min(contrast, found.contrast);
        target = Math.min(target, await smallestTarget(page));
      }
    }
  }
  figures['violations that axe finds'] = violations;
  figures['lowest contrast in large type'] = contrast;
  figures['smallest target in large type'] = target;
});

async function signedIn(elder: boolean): Promise<{ page: Page }> {
  const { page } = await takePhone(browser, house.address, { elder });
  await page.goto('/m/packages/account/signin');
  await signInAs(page, '王芳');
  return { page };
}

test('does not grow with the pages that were seen', async () => {
  const { page, context } = await takePhone(browser, house.address);
  const wire = await context.newCDPSession(page);
  await wire.send('HeapProfiler.enable');
  const used = async () => {
    await wire.send('HeapProfiler.collectGarbage');
    return (await wire.send('Runtime.getHeapUsage')).usedSize;
  };
  await page.goto('/m/');
  const go = async () => {
    await page.locator('.policy-row:visible').first().click();
    await page.getByRole('button', { name: '目录' }).waitFor();
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('link', { name: '教育' }).click();
    await page.getByText(/共 \d+ 份/).first().waitFor();
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByRole('link', { name: '教育' }).waitFor();
  };
  await go();
  const before = await used();
  for (let i = 0; i < 15; i += 1) await go();
  figures['memory after 30 page changes ÷ before'] = (await used()) / before;
});

test('is small enough for WeChat', () => {
  const out = fileURLToPath(new URL('../miniprogram/dist/check/soak', import.meta.url));
  const made = spawnSync('node', ['scripts/mp.mjs'], {
    cwd: fileURLToPath(new URL('../miniprogram', import.meta.url)), encoding: 'utf8',
    env: { ...process.env, VITEST: '', HOUSE: 'https://zw.example.gov.cn', UNI_OUTPUT_DIR: out }, // VITEST would leave uni-app out
  });
  expect(made.status, made.stdout + made.stderr).toBe(0);
  const all = packages(out) as { root: string; size: number }[];
  figures['KB of the main package'] = (all.find((p) => p.root === '')?.size ?? NaN) / 1024;
  figures['KB of the largest package'] = Math.max(...all.map((p) => p.size)) / 1024;
});
