/** The voices of public documents as the office sees them (在线听). */
import { spawnSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { both, settled } from './browser';
import { openOffice, type Office } from './office';

const canSpeak = spawnSync('espeak-ng', ['--version']).status === 0;
const hearing = test.skipIf(!canSpeak); // SKIPPED: espeak-ng is not installed

let office: Office;
let page: Page;

beforeAll(async () => {
  if (!canSpeak) return;
  office = await openOffice({ YUANDU_VOICE: '', YUANDU_VOICE_SINCE: '2026-07-01' });
  page = office.administrator;
});

afterAll(() => office?.close());

hearing('the office sees which documents can be heard, and which are too old to be', async () => {
  await page.goto('/console/');
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '在线听' }).click();
  await page.getByText('朗读引擎').waitFor();
  await expect.poll(async () => {
    await page.reload();
    await settled(page);
    return page.locator('.counts').innerText();
  }, { timeout: 240_000, interval: 2_000 }).toMatch(/(?=[^]*已生成 [1-9])(?=[^]*不读 [1-9])/); // the newest are read first
  await both(page, 'voices');
  await page.getByRole('combobox', { name: '状态' }).press('Enter');
  await page.getByRole('option', { name: '不读' }).click();
  await page.getByText('早于开始的日子').first().waitFor();
  await both(page, 'voices-silent');
  await page.getByPlaceholder('标题').fill('没有这样的文件');
  await page.getByText('没有符合条件的文件').waitFor();
  await both(page, 'voices-none');
}, 300_000);
