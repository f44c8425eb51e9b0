/** The gazette on the phone: the shelf and its gaps, pages under a finger, what is found boxed on them, text that is heard. */
import { spawnSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, check, look, signInAs, sizes, takePhone, tapUntil } from './phone';

const canSpeak = spawnSync('espeak-ng', ['--version']).status === 0;
const hearing = test.skipIf(!canSpeak); // SKIPPED: espeak-ng is not installed

let house: House;
let browser: Browser;
let page: Page;
const patient = { timeout: 20_000 };
const latest = '2026年第3期';
const pageNumber = (on: Page, of: string) => on.locator('.page-number:visible', { hasText: of });
const reader = (query: string) => `/m/packages/gazette/reader?${query}`;
const copied = (on: Page) => on.evaluate('navigator.clipboard.readText()') as Promise<string>;

/** Whether the picture of the page that is read has come, and how wide it is. */
async function sharpness(on: Page): Promise<number> {
  const layers = on.locator('.page-layer:not(.coming) img:visible');
  const urls = await layers.evaluateAll((all) => all.filter((e) => {
    const { left, width } = e.getBoundingClientRect();
    return left < innerWidth / 2 && left + width > innerWidth / 2;
  }).map((e) => (e as HTMLImageElement).src));
  return Number(/width=(\d+)/.exec(urls[0] ?? '')?.[1] ?? 0);
}

beforeAll(async () => {
  house = await openHouse(canSpeak ? { YUANDU_VOICE: '', YUANDU_VOICE_SINCE: '2026-09-30' } : undefined);
  browser = await openBrowser();
  ({ page } = await takePhone(browser, house.address));
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('the shelf stands under 政策: covers by year, and openly what is not there', async () => {
  await page.goto('/m/pages/policy/policies');
  await arrived(page);
  await look(page, 'gazette-door');
  await page.getByRole('link', { name: /^公报/ }).click();
  await page.getByRole('link', { name: /^2026年第3期的封面/ }).waitFor();
  await page.locator('.year-cell', { hasText: '未出' }).waitFor();
  await page.getByRole('button', { name: /2025年/ }).click();
  await page.getByRole('button', { name: /^3.*说明$/ }).click();
  await page.getByText(/第3期与第4期合并出版/).waitFor();
  await look(page, 'gazette-gap');
  await page.getByRole('button', { name: '关闭' }).click();
  await look(page, 'gazette-shelf');
});

test('who types a place is led there; one that is not there is said', async () => {
  const typed = page.locator('input:visible').first();
  await typed.fill('公报 2019年第3期');
  await page.getByRole('button', { name: '搜索', exact: true }).click();
  await page.getByRole('alert').filter({ hasText: '2019年第3期' }).waitFor();
  await typed.fill(`公报 ${latest} 第4页`);
  await page.getByRole('button', { name: '搜索', exact: true }).click();
  await pageNumber(page, '4 / 11').waitFor();
  await expect.poll(() => sharpness(page), patient).toBe(1080);
  await look(page, 'gazette-page');
  await page.setViewportSize({ width: 375, height: 812 });
});

test('pages turn by a finger, by keys, by number and by the contents', async () => {
  await page.getByRole('button', { name: '下一页' }).click();
  await pageNumber(page, '5 / 11').waitFor();
  await swipe(page, -250);
  await pageNumber(page, '6 / 11').waitFor();
  await swipe(page, 250);
  await pageNumber(page, '5 / 11').waitFor();
  await page.getByRole('button', { name: /到第几页/ }).click();
  await page.locator('input:visible').last().fill('99');
  await page.getByRole('button', { name: '去', exact: true }).click();
  await page.getByText('只有 1 到 11 页').waitFor();
  await look(page, 'gazette-jump');
  await page.locator('input:visible').last().fill('9');
  await page.getByRole('button', { name: '去', exact: true }).click();
  await pageNumber(page, '9 / 11').waitFor();
  await page.getByRole('button', { name: '目录', exact: true }).click();
  await page.getByRole('tab', { name: '篇目（5）' }).waitFor();
  await look(page, 'gazette-contents');
  await page.getByRole('link', { name: /社会救助实施办法/ }).click();
  await pageNumber(page, '3 / 11').waitFor();
  expect(await page.locator('.leaf').count()).toBeLessThanOrEqual(3); // the others are not there
});

test('two taps enlarge, and a sharper picture comes; two fingers do as well', async () => {
  await page.setViewportSize({ width: 375, height: 812 });
  await expect.poll(() => sharpness(page), patient).toBe(1080);
  await page.touchscreen.tap(120, 300);
  await page.touchscreen.tap(120, 300);
  await expect.poll(() => sharpness(page), patient).toBe(1500);
  await check(page, 'gazette-enlarged');
  await page.getByRole('button', { name: '放大' }).click();
  await page.getByRole('button', { name: '看整页' }).click();
  await expect.poll(() => shownWidth(page), patient).toBe(375);
  await pinch(page, 2.5);
  await expect.poll(() => shownWidth(page), patient).toBeGreaterThan(700);
  await page.getByRole('button', { name: '下一页' }).click();
  await expect.poll(() => shownWidth(page), patient).toBe(375);
});

test('words are found, boxed on the page, and listed', async () => {
  await page.getByRole('button', { name: '查找', exact: true }).click();
  await page.locator('input:visible').last().fill('最低生活保障');
  await page.keyboard.press('Enter');
  await page.getByText(/第 \d+ 处，共 \d+ 处/).waitFor();
  const box = await page.locator('.leaf-mark.here:visible').first().boundingBox();
  expect(box?.width).toBeGreaterThan(10);
  await look(page, 'gazette-found');
  await page.getByRole('button', { name: '全部位置' }).click();
  await look(page, 'gazette-hits');
  await page.getByRole('link', { name: /第4页/ }).first().click();
  await page.getByRole('button', { name: '下一处' }).click();
  await page.locator('.leaf-mark.here:visible').first().waitFor();
  await page.getByRole('button', { name: '结束查找' }).click();
  await expect.poll(() => page.locator('.leaf-mark').count(), patient).toBe(0);
});

test('lines are chosen by a tap and copied with their source', async () => {
  await page.setViewportSize({ width: 375, height: 812 });
  await page.goto(reader('year=2026&number=3&page=4'));
  await pageNumber(page, '4 / 11').waitFor();
  await expect.poll(() => sharpness(page), patient).toBe(1080);
  await page.touchscreen.tap(180, 330);
  await page.getByText('选了 1 行').waitFor();
  await page.touchscreen.tap(180, 372);
  await page.getByText(/选了 [2-9] 行/).waitFor();
  await look(page, 'gazette-chosen');
  await page.getByRole('button', { name: '带出处复制' }).click();
  await expect.poll(() => copied(page), patient).toMatch(/第.{1,3}[章条][^]*\n——《鸢都市人民政府公报》2026年第3期第4页$/);
});

test('where one stopped is remembered, shown on the shelf and gone back to', async () => {
  await page.getByRole('button', { name: '下一页' }).click();
  await pageNumber(page, '5 / 11').waitFor();
  await page.goto('/m/packages/gazette/gazettes');
  await page.getByText('读到第 5 页').waitFor();
  await page.getByRole('link', { name: /^2026年第3期的封面/ }).click();
  await page.getByText('已回到上次读到的第 5 页').waitFor();
  await look(page, 'gazette-back');
  await page.getByRole('button', { name: '从头读' }).click();
  await pageNumber(page, '1 / 11').waitFor();
});

test('an issue is cited, downloaded and proved', async () => {
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await look(page, 'gazette-more');
  await page.getByRole('button', { name: /复制永久网址/ }).click();
  await expect.poll(() => copied(page), patient).toBe(`${house.address}/gazettes/2026/3?page=1`);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载原件' }).click()]);
  expect(file.suggestedFilename()).toMatch(/\.pdf$/);
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('link', { name: /核验公开的内容/ }).click();
  await page.getByText('第 1 版').waitFor();
  await page.goBack();
});

test('a piece is read as text; its pages, its policy and its neighbours are a tap away', async () => {
  await page.goto(reader('year=2026&number=3&page=4'));
  await pageNumber(page, '4 / 11').waitFor();
  await page.getByRole('button', { name: '文字', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '鸢都市社会救助实施办法' }).waitFor();
  await page.getByText('第七条', { exact: false }).first().waitFor();
  await page.evaluate('window.scrollTo(0, 0)');
  await look(page, 'gazette-piece');
  await page.getByRole('button', { name: '选段' }).click();
  await page.getByRole('checkbox').nth(2).click();
  await look(page, 'gazette-pick');
  await page.getByRole('button', { name: '带出处复制' }).click();
  await expect.poll(() => copied(page), patient).toMatch(/^第一条[^]*\n——《鸢都市人民政府公报》2026年第3期第3页$/);
  await page.getByRole('link', { name: '第4页，看原样' }).click();
  await pageNumber(page, '4 / 11').waitFor();
  await page.getByRole('button', { name: '文字', exact: true }).click();
  await page.getByRole('link', { name: /^后一篇/ }).click();
  await page.getByRole('heading', { level: 1, name: /参保缴费工作的通知/ }).waitFor();
  await page.getByRole('link', { name: /^前一篇/ }).click();
  await page.getByRole('link', { name: /政策文件/ }).click();
  const printed = page.getByRole('region', { name: '刊于公报' });
  await printed.scrollIntoViewIfNeeded();
  await look(page, 'gazette-printed');
  await tapUntil(printed.getByRole('link').first(), pageNumber(page, '3 / 11'));
});

test('the main search finds pieces, opens them with boxes, and understands a place', async () => {
  await page.goto(`/m/packages/policy/search?q=${encodeURIComponent('社会救助')}&tab=gazette`);
  await page.getByRole('link', { name: /社会救助实施办法/ }).first().waitFor();
  await look(page, 'gazette-search');
  await page.getByRole('link', { name: /社会救助实施办法/ }).first().click();
  await page.getByText(/第 \d+ 处，共 \d+ 处/).waitFor();
  await page.locator('.leaf-mark.here:visible').first().waitFor();
  await page.goto(`/m/packages/policy/search?q=${encodeURIComponent('公报 2025年第2期 第7页')}`);
  await page.getByRole('link', { name: /公报 2025年第2期第7页/ }).click();
  await pageNumber(page, '7 / 21').waitFor();
});

test('the gazette is followed, and stands among what is followed', async () => {
  await page.goto('/m/packages/gazette/gazettes');
  const told = page.waitForResponse((r) => r.url().includes('/me/follows/gazette/') && r.request().method() === 'PUT');
  await page.getByRole('button', { name: '订阅', exact: true }).click();
  await signInAs(page, '王芳');
  await told;
  await page.getByRole('button', { name: '已订阅' }).waitFor();
  await page.goto('/m/packages/account/follows');
  await page.getByText(/公报/).first().click();
  await page.getByRole('link', { name: /^2026年第3期的封面/ }).waitFor();
});

hearing('a piece is heard, and the next one after it', async () => {
  const at = await (await page.request.get('/api/v1/gazettes/place?year=2026&number=3')).json();
  const { pieces } = await (await page.request.get(`/api/v1/gazettes/${at.issue.id}`)).json();
  const short = pieces.find((p: { title: string }) => p.title.startsWith('社会救助新办法'));
  const of = async (id: string) => (await (await page.request.get(`/api/v1/gazettes/${at.issue.id}/pieces/${id}`)).json()).voice?.of;
  for (const piece of pieces) await expect.poll(() => of(piece.id), { timeout: 240_000, interval: 500 }).toBeTruthy();
  await page.goto(`/m/packages/gazette/piece?id=${at.issue.id}&piece=${short.id}`);
  await page.getByRole('button', { name: /听这一篇/ }).click();
  await page.getByRole('button', { name: '暂停' }).waitFor();
  await expect.poll(() => page.locator('.heard').first().innerText(), { timeout: 60_000 }).not.toBe(short.title);
  await look(page, 'gazette-heard');
  await page.getByRole('button', { name: '定时关闭：连播，读完一篇接下一篇' }).click();
  await page.getByRole('button', { name: '定时关闭：读完本篇' }).waitFor();
  for (let turns = 0; turns < 4; turns++) await page.getByRole('button', { name: /定时关闭/ }).click();
  await page.getByRole('button', { name: '定时关闭：连播，读完一篇接下一篇' }).waitFor();
  for (let back = 0; back < 400 && !(await atLastSentence(page)); back++) await page.getByRole('button', { name: '下一句' }).click();
  await page.getByRole('heading', { level: 1, name: /一图读懂/ }).waitFor({ timeout: 60_000 });
  await page.getByRole('button', { name: '暂停' }).waitFor();
}, 400_000);

test('in large type the text is proposed at once, and all is large enough', async () => {
  const { page: elder } = await takePhone(browser, house.address, { elder: true });
  await elder.goto('/m/packages/gazette/gazettes');
  await elder.getByRole('link', { name: /^2026年第3期的封面/ }).waitFor();
  await look(elder, 'gazette-elder-shelf');
  await elder.goto(reader('year=2026&number=3&page=3'));
  await pageNumber(elder, '3 / 11').waitFor();
  await look(elder, 'gazette-elder-page');
  await elder.getByRole('button', { name: '查找', exact: true }).click();
  await look(elder, 'gazette-elder-find');
  await elder.getByRole('button', { name: '结束查找' }).click();
  await elder.getByText('看大字版').click();
  await elder.getByRole('heading', { level: 1, name: '鸢都市社会救助实施办法' }).waitFor();
  await look(elder, 'gazette-elder-piece');
  await elder.context().close();
});

test('on a wide screen two pages lie side by side, turned by the arrow keys; also by night, and lying down', async () => {
  const { page: wide } = await takePhone(browser, house.address, { dark: true });
  await wide.setViewportSize({ width: 1280, height: 800 });
  await wide.goto(reader('year=2026&number=3'));
  await pageNumber(wide, '1 / 11').waitFor();
  await wide.keyboard.press('ArrowRight');
  await pageNumber(wide, '2 / 11').waitFor();
  await expect.poll(() => wide.locator('.leaf-page:visible').evaluateAll((all) => all.filter((e) => {
    const { left, right } = e.getBoundingClientRect();
    return left >= 0 && right <= innerWidth;
  }).length), patient).toBe(2);
  await wide.keyboard.press('ArrowRight');
  await pageNumber(wide, '4 / 11').waitFor();
  await check(wide, 'gazette-wide');
  await wide.setViewportSize({ width: 812, height: 375 });
  await pageNumber(wide, '4 / 11').waitFor();
  await expect.poll(() => shownWidth(wide), patient).toBe(812);
  await check(wide, 'gazette-lying');
  await wide.context().close();
});

/** How wide the page under the middle of the screen is drawn. */
async function shownWidth(on: Page): Promise<number> {
  return on.locator('.leaf-page:visible').evaluateAll((all) => {
    const here = all.map((e) => e.getBoundingClientRect()).find((r) => r.left < innerWidth / 2 && r.right > innerWidth / 2);
    return Math.round(here?.width ?? 0);
  });
}

/** Draws a finger over the page. */
async function swipe(on: Page, by: number): Promise<void> {
  const { width, height } = on.viewportSize() ?? sizes[0]!;
  const y = height / 2;
  const from = width / 2 - by / 2;
  const hand = await on.context().newCDPSession(on);
  await hand.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: from, y }] });
  for (let i = 1; i <= 8; i++) await hand.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [{ x: from + (by * i) / 8, y }] });
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await hand.detach();
}

/** Draws two fingers apart. */
async function pinch(on: Page, times: number): Promise<void> {
  const middle = { x: 180, y: 400 };
  const fingers = (apart: number) => [{ x: middle.x - apart, y: middle.y, id: 0 }, { x: middle.x + apart, y: middle.y, id: 1 }];
  const hand = await on.context().newCDPSession(on);
  await hand.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: fingers(50) });
  for (let i = 1; i <= 8; i++) await hand.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: fingers(50 + (50 * (times - 1) * i) / 8) });
  await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await hand.detach();
}

/** Whether the time that was heard is near the whole. */
async function atLastSentence(on: Page): Promise<boolean> {
  const said = await on.locator('.player-time').innerText();
  const [now = 0, whole = 0] = said.split('/').map((t) => t.trim().split(':').reduce((sum, part) => sum * 60 + Number(part), 0));
  return whole - now < 12;
}
