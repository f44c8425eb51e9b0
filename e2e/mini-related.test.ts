/** Somebody begins a letter, reads what was answered already, and writes on or is done. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, look, takePhone, tapUntil, type Phone } from './phone';

let house: House;
let browser: Browser;
let phone: Phone;
let page: Page;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  phone = await takePhone(browser, house.address);
  page = phone.page;
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const title = '老二上一年级，能不能和姐姐在一个学校';
const text = '我家大的读三年级，小的明年上小学，两个学校跑不过来。听说可以申请同校，不知道有没有这个政策。';
const rows = (on: Page) => on.locator('.related-row');
const typed = async (on: Page) => {
  await on.getByLabel('一句话说是什么事').fill(title);
  await on.getByLabel('内容', { exact: true }).fill(text);
};

describe('before one writes', () => {
  test('what may answer stands below what is typed, and pushes nothing away', async () => {
    const asked: string[] = [];
    page.on('request', (r) => { if (r.url().includes('/related')) asked.push(`${r.method()} ${r.url()} ${r.headers()['authorization'] ?? ''}`); });
    await page.goto('/m/packages/letter/write?channel=ask');
    const field = page.getByLabel('内容', { exact: true });
    await arrived(page);
    const before = await field.boundingBox();
    await typed(page);
    await rows(page).first().waitFor();
    expect(await rows(page).count()).toBeLessThanOrEqual(3);
    expect((await field.boundingBox())?.y).toBe(before?.y);
    expect(asked.every((a) => a === `POST ${house.address}/api/v1/related `), asked.join()).toBe(true);
    await page.getByText(/找到 \d 条可能的答案/).waitFor({ state: 'attached' });
    await look(page, 'letter-related');
  });

  test('one tap opens it with its source, its day and whether it stands, and nothing typed is lost', async () => {
    await rows(page).filter({ hasText: '老大在这所学校读书' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByText('现行有效').waitFor();
    await sheet.getByText(/发布/).first().waitFor();
    await look(page, 'letter-related-answer');
    await sheet.getByRole('link', { name: /全文/ }).click();
    await page.getByText('孩子上小学、初中怎么报名').last().waitFor();
    await page.goBack();
    await page.getByRole('dialog').getByRole('button', { name: '仍然要写' }).click();
    await expect.poll(() => page.locator('textarea').inputValue()).toBe(text);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('heading', { name: '这是哪方面的事' }).waitFor();
    await page.getByRole('button', { name: '上一步' }).click();
  });

  test('in large type and in the dark it fits too', async () => {
    const elder = await takePhone(browser, house.address, { elder: true, dark: true });
    await elder.page.goto('/m/packages/letter/write?channel=ask');
    await typed(elder.page);
    await rows(elder.page).first().waitFor();
    await look(elder.page, 'letter-related-elder');
    await rows(elder.page).first().click();
    await elder.page.getByRole('button', { name: '这解决了我的问题' }).waitFor();
    await look(elder.page, 'letter-related-answer-elder');
    await elder.context.close();
  });

  test('without a network one writes as before', async () => {
    await phone.context.setOffline(true);
    await page.getByLabel('内容', { exact: true }).fill(`${text}谢谢。`);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('heading', { name: '这是哪方面的事' }).waitFor();
    await page.getByRole('button', { name: '上一步' }).click();
    await phone.context.setOffline(false);
  });

  test('who has the answer is done, and nothing is left behind', async () => {
    await page.getByLabel('内容', { exact: true }).fill(text);
    await rows(page).first().waitFor();
    const solved = page.getByRole('button', { name: '这解决了我的问题' });
    await tapUntil(rows(page).first(), solved);
    await solved.click();
    await page.getByText('好的，这封信不写了？').waitFor();
    await look(page, 'letter-related-solved');
    await page.getByRole('button', { name: '不写了' }).click();
    await page.getByText('以后有事，随时可以写信').waitFor();
    await page.goto('/m/packages/letter/write?channel=ask');
    await expect.poll(() => page.locator('textarea').inputValue()).toBe('');
  });
});
