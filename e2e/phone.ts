/** A phone with the mini program's web build on it, in one hand. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { barriers } from './browser';

/** The sizes at which screens are judged: a usual phone, and a small old one. */
export const sizes = [
  { width: 375, height: 812 },
  { width: 320, height: 568 },
];

export interface Phone {
  page: Page;
  context: BrowserContext;
  /** Addresses of other hosts that a page asked for. */
  foreign: string[];
}

interface Made {
  elder?: boolean;
  dark?: boolean;
  /** Lets the mini program be opened without a network, as it can be on a real phone. */
  worker?: boolean;
}

/** Takes a new phone out of its box: nothing is kept on it, nobody is signed in. */
export async function takePhone(browser: Browser, address: string, made: Made = {}): Promise<Phone> {
  const context = await browser.newContext({
    baseURL: address, viewport: sizes[0], deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce', colorScheme: made.dark ? 'dark' : 'light', serviceWorkers: made.worker ? 'allow' : 'block',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(20_000);
  if (made.elder) await context.addInitScript(`localStorage.getItem('manner') ?? localStorage.setItem('manner', ${JSON.stringify(inStorage({ elder: true, text: 1 }))})`);
  const page = await context.newPage();
  const foreign: string[] = [];
  page.on('request', (asked) => {
    if (!asked.url().startsWith(address) && !/^(data|blob|tel):/.test(asked.url())) foreign.push(asked.url());
  });
  page.on('pageerror', (err) => { throw err; });
  return { page, context, foreign };
}

/** A value as uni-app's web build keeps it. */
const inStorage = (value: unknown) => JSON.stringify({ type: 'string', data: JSON.stringify(value) });

/** Waits until the page has all that it asked for. */
export async function arrived(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect.poll(() => page.locator('[aria-busy="true"]:visible').count()).toBe(0);
}

/** What of a screen shuts somebody out, or does not fit on it; and, in large type, what is too small. */
export async function check(page: Page, name: string): Promise<void> {
  await arrived(page);
  const at = page.viewportSize();
  if (process.env.SHOTS) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    await page.screenshot({ path: join(process.env.SHOTS, `${name}-${at?.width}.png`) });
  }
  expect(await barriers(page), name).toEqual([]);
  const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect(over, `${name} is wider than the phone`).toBeLessThanOrEqual(0);
  if (await page.locator('.screen.elder:visible').count()) expect(await tooSmall(page), `${name} in large type`).toEqual([]);
}

/** What law wants larger in a version for elders: targets of 60 by 60, type of 18 (rules.md 4.7). */
async function tooSmall(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const seen = (e: Element) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest('[aria-hidden="true"], .unseen');
    const shown = (e: Element) => `${e.className} ${e.textContent?.trim().slice(0, 12)}`;
    const targets = Array.from(document.querySelectorAll('.tap, uni-button')).filter(seen).filter((e) => {
      const { width, height } = e.getBoundingClientRect();
      return width > 0 && (width < 59.5 || height < 59.5);
    });
    const texts = Array.from(document.querySelectorAll('uni-view, uni-text, span, input, textarea'))
      .filter((e) => Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.textContent?.trim()) && seen(e))
      .filter((e) => Number.parseFloat(getComputedStyle(e).fontSize) < 17.95);
    return [...targets.map((e) => `target ${shown(e)}`), ...texts.map((e) => `type ${shown(e)}`)];
  });
}

/** The shorter side of the smallest target on a screen, in px. */
export async function smallestTarget(page: Page): Promise<number> {
  return page.evaluate(() => {
    const seen = (e: Element) => e.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    const sides = Array.from(document.querySelectorAll('.tap, uni-button, uni-input')).filter(seen)
      .map((e) => e.getBoundingClientRect()).filter((r) => r.width > 0).map((r) => Math.min(r.width, r.height));
    return Math.min(...sides, Infinity);
  });
}

/** Looks at a screen on a usual phone and on a small one. */
export async function look(page: Page, name: string): Promise<void> {
  for (const size of [...sizes].reverse()) {
    await page.setViewportSize(size);
    await check(page, name);
  }
}

/** Taps until something shows: a tap on a row that has just moved is nobody's wish, and is not heard. */
export async function tapUntil(row: Locator, shows: Locator): Promise<void> {
  await expect.poll(async () => {
    if (!(await shows.isVisible())) await row.click({ delay: 50 });
    return shows.isVisible();
  }, { timeout: 20_000 }).toBe(true);
}

/** Signs in as somebody of the simulated WeChat, and agrees to the privacy text where that is due. */
export async function signInAs(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name: '演示：选一个人来扮演' }).waitFor();
  await page.getByRole('button', { name, exact: true }).click();
  const agree = page.getByRole('button', { name: '同意并继续' });
  await agree.or(page.getByText('已登录')).first().waitFor();
  if (await agree.isVisible()) await agree.click();
  await agree.waitFor({ state: 'hidden' });
}
