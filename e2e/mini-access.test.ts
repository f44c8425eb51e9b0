/** The phone as people need it: in the dark, with type as large as it goes, lying on its side, and by keyboard alone. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { bringIn, hard, idOf, lineTitle, longTitle, paragraphTitle, wideTitle } from './made';
import { arrived, check, takePhone } from './phone';

let house: House;
let browser: Browser;
let long: string;
let wide: string;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  bringIn(house, hard);
  [long, wide] = await Promise.all([longTitle, wideTitle].map((title) => idOf(house, title))) as [string, string];
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const policyPage = (id: string) => `/m/packages/policy/policy?id=${id}`;
const main = (): [string, string][] => [
  ['home', '/m/'], ['list', '/m/pages/policy/policies'], ['found', '/m/packages/policy/search?q=养老'], ['document', policyPage(long)],
  ['mine', '/m/pages/mine/mine'], ['write', '/m/packages/feedback/write?kind=suggestion'],
];

describe.each([[false, 'normal'], [true, 'large']])('large type: %s', (elder, name) => {
  test('in the dark nothing shuts anybody out', async () => {
    const { page, context } = await takePhone(browser, house.address, { elder, dark: true });
    for (const [screen, path] of main()) {
      await page.goto(path);
      await check(page, `dark-${name}-${screen}`);
    }
    await page.goto('/m/packages/policy/search?q=养老');
    await arrived(page);
    await page.getByRole('button', { name: '筛选' }).click();
    await check(page, `dark-${name}-filters`);
    await context.close();
  });

  test('with the phone’s own type at its largest nothing is cut off', async () => {
    const { page, context } = await takePhone(browser, house.address, { elder });
    await page.addInitScript(() => {
      const enlarge = () => document.documentElement?.style.setProperty('--system-scale', '1.6');
      new MutationObserver(enlarge).observe(document, { childList: true });
    });
    await page.setViewportSize({ width: 320, height: 568 });
    for (const [screen, path] of main()) {
      await page.goto(path);
      await check(page, `scale-${name}-${screen}`);
      expect(await cutOff(page), `scale-${name}-${screen}`).toEqual([]);
    }
    await context.close();
  });

  test('lying on its side it leaves room to read', async () => {
    const { page, context } = await takePhone(browser, house.address, { elder });
    await page.setViewportSize({ width: 568, height: 320 });
    for (const [screen, path] of main().slice(0, 3)) {
      await page.goto(path);
      await check(page, `side-${name}-${screen}`);
    }
    await page.goto(policyPage(long));
    await arrived(page);
    expect(await room(page)).toBeGreaterThan(320 / 2);
    await page.getByRole('button', { name: '目录' }).click();
    await check(page, `side-${name}-contents`);
    await context.close();
  });

  test('what is hard to show is shown: a wide table, a paragraph of ten thousand characters, one line', async () => {
    const { page, context } = await takePhone(browser, house.address, { elder });
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(policyPage(wide));
    await check(page, `wide-${name}`);
    if (!elder) {
      const table = page.locator('.table-room .uni-scroll-view[tabindex]').first();
      expect(await table.evaluate((e) => e.scrollWidth > e.clientWidth)).toBe(true);
    }
    for (const [screen, title] of [['paragraph', paragraphTitle], ['line', lineTitle]] as const) {
      await page.goto(policyPage(await idOf(house, title)));
      await check(page, `${screen}-${name}`);
    }
    await context.close();
  });
});

/** Words that are wider than the control they stand in, or lie outside of the window. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('uni-text, uni-view'))
      .filter((e) => Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.textContent?.trim()) || e.matches('uni-text'))
      .filter((e) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('.unseen, .nav-title, [aria-hidden="true"]'))
      .filter((e) => {
        const { left, right, width } = e.getBoundingClientRect();
        const inside = e.closest('.tap, .acts, .tab-bar')?.getBoundingClientRect();
        return width > 0 && (left < -1 || right > innerWidth + 1 || (inside !== undefined && (left < inside.left - 1 || right > inside.right + 1)));
      })
      .map((e) => `${e.className} ${e.textContent?.trim().slice(0, 12)}`));
}

/** How much of the window is left for the document between the bars, in px. */
function room(page: Page): Promise<number> {
  return page.evaluate(() => {
    const bars = ['.nav', '.acts'].map((bar) => Array.from(document.querySelectorAll(bar)).find((e) => e.getClientRects().length)?.getBoundingClientRect());
    return (bars[1]?.top ?? innerHeight) - Math.max(0, bars[0]?.bottom ?? 0);
  });
}

describe('somebody with a keyboard alone', () => {
  test('searches, opens what is found, jumps by the contents, and closes what lies above', async () => {
    const { page, context } = await takePhone(browser, house.address);
    await page.goto('/m/packages/policy/search');
    await arrived(page);
    await page.keyboard.type('养老服务管理办法');
    await page.keyboard.press('Enter');
    await page.locator('.policy-row:visible').first().waitFor();
    await tabTo(page, '.policy-row');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: '目录' }).waitFor();
    await tabTo(page, '.act');
    expect(await focused(page)).toContain('目录');
    await page.keyboard.press('Enter');
    const sheet = page.getByRole('dialog', { name: '目录' });
    await sheet.waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('dialog');
    await page.keyboard.press('Shift+Tab'); // round to its last entry, never out of it
    expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null)).toBe(true);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    expect(await focused(page)).toContain('目录');
    await page.keyboard.press('Enter');
    await sheet.waitFor();
    await tabTo(page, '.entry');
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('Tab');
    const entry = (await focused(page)).slice(0, 3);
    await page.keyboard.press('Enter');
    await sheet.waitFor({ state: 'hidden' });
    await expect.poll(() => focused(page)).toContain(entry);
    expect(await page.evaluate(() => document.activeElement?.id)).toMatch(/^block-\d+$/);
    await context.close();
  });

  test('goes through a page in the order in which it is read', async () => {
    const { page, context } = await takePhone(browser, house.address);
    for (const path of ['/m/', '/m/pages/mine/mine', '/m/packages/policy/search?q=养老']) {
      await page.goto(path);
      await arrived(page);
      const order = await page.evaluate(() =>
        Array.from(document.querySelectorAll('[tabindex="0"], input')).filter((e) => e.checkVisibility() && !e.closest('.tab-bar'))
          .map((e) => e.getBoundingClientRect()).map((r) => [Math.round(r.top), Math.round(r.left)] as const));
      const asRead = order.filter(([top, left], i) => i === 0 || top >= order[i - 1][0] - 60 || left > order[i - 1][1]);
      expect(asRead.length, path).toBe(order.length);
      expect(await page.evaluate(() => Array.from(document.querySelectorAll('[tabindex]')).filter((e) => (e as HTMLElement).tabIndex > 0).length)).toBe(0);
    }
    await context.close();
  });
});

/** Goes on by Tab to the first thing of a kind. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let i = 0; i < 400; i += 1) { // every article of a long document can be reached
    await page.keyboard.press('Tab');
    if (await page.evaluate((s) => document.activeElement?.matches(s), selector)) return;
  }
  throw new Error(`${selector} was not reached`);
}

const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
