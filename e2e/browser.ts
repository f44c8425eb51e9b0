/** A real browser, and what people do in it. */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { expect } from 'vitest';

const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? installed.find(existsSync), args: flags });
}

/** A person at a desk of their own: nobody else's cookies. Whatever the console complains of fails the story. */
export async function sitDown(browser: Browser, address: string, width = 1440): Promise<Page> {
  const desk = await browser.newContext({ baseURL: address, viewport: { width, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce' });
  desk.setDefaultTimeout(20_000);
  const page = await desk.newPage();
  page.on('pageerror', (err) => { throw err; });
  return page;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }

/** What of the present page shuts somebody out (WCAG 2.2 A and AA, and axe's best practices). */
export async function barriers(page: Page): Promise<string[]> {
  return told((await examined(page, 'violations')).violations);
}

/** The same, and the lowest contrast of all the text that was measured. */
export async function barriersAndContrast(page: Page): Promise<{ violations: string[]; contrast: number }> {
  const found = await examined(page, 'violations', 'passes');
  const ratios = found.passes.filter((p) => p.id === 'color-contrast')
    .flatMap((p) => p.nodes.flatMap((n) => n.any.map((a) => a.data?.contrastRatio ?? Infinity)));
  return { violations: told(found.violations), contrast: Math.min(...ratios.filter((r) => r > 0), Infinity) };
}

interface Passed { id: string; nodes: { any: { data?: { contrastRatio?: number } }[] }[] }

/** What axe finds, of these kinds in full: to tell every element that passes takes it longer than to examine them. */
async function examined(page: Page, ...inFull: ('violations' | 'passes')[]): Promise<{ violations: Violation[]; passes: Passed[] }> {
  // A colour half-way through its transition is nobody's colour.
  await page.evaluate('Promise.allSettled(document.getAnimations().filter((a) => a instanceof CSSTransition).map((a) => a.finished))');
  await page.evaluate(`(() => { ${axe}\n })()`); // not as a script of the page: its policy lets in none but its own
  return page.evaluate(`window.axe.run(document, { resultTypes: ${JSON.stringify(inFull)} })`);
}

const told = (found: Violation[]) =>
  found.map((v) => `${v.id}: ${v.help} (${v.nodes.map((n) => n.target.join(' ')).join('; ')})`);

/** Looks at a screen: nothing on it shuts anybody out, and nothing is wider than the window. */
export async function look(page: Page, name: string): Promise<void> {
  await settled(page);
  if (process.env.SHOTS) {
    mkdirSync(process.env.SHOTS, { recursive: true });
    await page.screenshot({ path: join(process.env.SHOTS, `${name}-${page.viewportSize()?.width}.png`), fullPage: true });
  }
  expect(await barriers(page), name).toEqual([]);
  expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), `${name} is wider than the window`).toBeLessThanOrEqual(0);
}

/** Looks at a screen on a clerk's laptop and on a wide desk, by day and by night. */
export async function views(page: Page, name: string): Promise<void> {
  for (const [width, height] of [[1366, 768], [1920, 1080]] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await look(page, `${name}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1366, height: 768 });
}

/** Looks at a screen as narrow as a laptop's and as wide as a desk's. */
export async function both(page: Page, name: string): Promise<void> {
  for (const width of [1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await look(page, name);
  }
}

/** Looks at a public page on a wide screen and on a phone, in normal and in large type. */
export async function asReaders(reader: Page, path: string, name: string): Promise<void> {
  for (const size of ['normal', 'large']) {
    await reader.goto(`/view?size=${size}&back=${encodeURIComponent(path)}`);
    for (const width of [1280, 375]) {
      await reader.setViewportSize({ width, height: 812 });
      await look(reader, `${name}-${size}`);
    }
  }
}

/** Presses a button of the dialog that asks whether it is meant. */
export async function consent(page: Page, button: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: button, exact: true }).click();
}

/** Waits until what was asked for is there. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
}
