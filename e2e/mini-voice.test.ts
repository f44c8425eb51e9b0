/** Listening on the phone (在线听): the sentence that is heard is lit, and one goes on where one stopped. */
import { spawnSync } from 'node:child_process';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriers, openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, look, sizes, takePhone, type Phone } from './phone';

const canSpeak = spawnSync('espeak-ng', ['--version']).status === 0;
const hearing = test.skipIf(!canSpeak); // SKIPPED: espeak-ng is not installed
const title = '鸢都市长期护理保险实施办法';

let house: House;
let browser: Browser;
let phone: Phone;
let id = '';

beforeAll(async () => {
  if (!canSpeak) return;
  house = await openHouse({ YUANDU_VOICE: '', YUANDU_VOICE_SINCE: '2026-07-01' });
  browser = await openBrowser();
  phone = await takePhone(browser, house.address);
  const found = await (await phone.page.request.get(`/api/v1/policies?q=${title}`)).json();
  id = found.items[0].id;
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const lit = (page: Page) => page.locator('.heard').first();
const patient = { timeout: 60_000 };

async function open(page: Page): Promise<void> {
  await page.goto(`/m/packages/policy/policy?id=${id}`);
  await arrived(page);
}

hearing('a policy can be heard: it begins with its title and goes on to the text', async () => {
  const { page } = phone;
  const voice = async () => (await (await page.request.get(`/api/v1/policies/${id}`)).json()).voice?.of;
  await expect.poll(voice, { timeout: 240_000, interval: 500 }).toBe(`policy:${id}`);
  await open(page);
  await look(page, 'voice-offered');
  await page.getByRole('button', { name: /听全文/ }).click();
  await page.getByRole('button', { name: '暂停' }).waitFor();
  expect((await lit(page).innerText()).trim()).toBe(title);
  await expect.poll(() => lit(page).innerText(), patient).not.toBe(title);
}, 300_000);

hearing('a tap on a sentence goes there, and the buttons go on and back', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: '暂停' }).click();
  await page.getByRole('button', { name: '播放' }).waitFor();
  const sentence = page.locator('.block.article', { hasText: '第二条' }).locator('.sentence').first();
  const words = await sentence.innerText();
  await sentence.click();
  await expect.poll(() => lit(page).innerText()).toBe(words);
  await page.getByRole('button', { name: '暂停' }).waitFor();
  await page.getByRole('button', { name: '下一句' }).click();
  const next = await lit(page).innerText();
  expect(next).not.toBe(words);
  await page.getByRole('button', { name: '上一句' }).click();
  await expect.poll(() => lit(page).innerText()).toBe(words);
  await page.getByRole('button', { name: '语速 1×' }).click();
  await page.getByRole('button', { name: '语速 1.25×' }).waitFor();
  await page.getByRole('button', { name: '定时关闭：读完本篇' }).click();
  await page.getByRole('button', { name: '定时关闭：15分' }).waitFor();
  await look(page, 'voice-heard');
});

hearing('whoever comes back goes on at the same sentence, at the same speed', async () => {
  const { page } = phone;
  await page.getByRole('button', { name: '暂停' }).click();
  await page.getByRole('button', { name: '播放' }).waitFor();
  const words = await lit(page).innerText();
  await page.getByRole('button', { name: '关闭朗读' }).click();
  await page.getByRole('toolbar', { name: '文件操作' }).waitFor();
  expect(await page.locator('.heard').count()).toBe(0);
  await page.goto('/m/');
  await open(page);
  await page.getByRole('button', { name: /听全文/ }).click();
  await page.getByRole('button', { name: '暂停' }).waitFor();
  expect(await lit(page).innerText()).toBe(words);
  await page.getByRole('button', { name: '语速 1.25×' }).waitFor();
  await expect.poll(async () => {
    const box = await lit(page).boundingBox();
    return box !== null && box.y > 0 && box.y < sizes[0].height * 0.8;
  }).toBe(true);
});

hearing('without a network it is heard as well', async () => {
  const { page, context } = phone;
  await expect.poll(() => page.evaluate(() => caches.open('sounds').then((c) => c.keys()).then((k) => k.length)), patient).toBe(1);
  await page.getByRole('button', { name: '关闭朗读' }).click();
  await context.setOffline(true);
  await page.getByRole('button', { name: /听全文/ }).click();
  await page.getByRole('button', { name: '暂停' }).waitFor();
  const words = await lit(page).innerText();
  await expect.poll(() => lit(page).innerText(), patient).not.toBe(words);
  await context.setOffline(false);
});

hearing('in large type on a small phone every key is large enough', async () => {
  const { page } = await takePhone(browser, house.address, { elder: true });
  await page.setViewportSize(sizes[1]);
  await open(page);
  await page.getByRole('button', { name: /听全文/ }).click();
  await page.getByRole('button', { name: '暂停' }).waitFor();
  await look(page, 'voice-elder');
});

hearing('the open web plays it without a script', async () => {
  const page = await browser.newPage({ baseURL: house.address, viewport: { width: 1440, height: 900 }, javaScriptEnabled: false });
  await page.goto(`/policies/${id}`);
  await page.locator('.voice audio').first().waitFor();
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/voice-web-1440.png` });
  const small = await browser.newPage({ baseURL: house.address, viewport: sizes[1] });
  await small.goto(`/policies/${id}`);
  expect(await barriers(small)).toEqual([]);
  await small.locator('.voice').first().scrollIntoViewIfNeeded();
  if (process.env.SHOTS) await small.screenshot({ path: `${process.env.SHOTS}/voice-web-320.png` });
});
