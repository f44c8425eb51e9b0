/** The mini program code of a document, for print: taken from the console. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { look, openBrowser, settled, sitDown } from './browser';
import { openHouse, type House } from './house';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  const administrator = await sitDown(browser, house.address);
  await begin(administrator, 'wangmin', /临时密码  (\S+)/.exec(house.run('staff', 'add', 'wangmin', '王敏'))?.[1] ?? '');
  await administrator.goto('/console/departments/new');
  await administrator.getByLabel('全称').fill('鸢都市数据局');
  await administrator.getByRole('button', { name: '新增', exact: true }).click();
  await administrator.getByText('鸢都市数据局').first().waitFor();
  const temporary = await hire(administrator, 'gaofei', '高飞', '市政府办');
  page = await sitDown(browser, house.address);
  await begin(page, 'gaofei', temporary);
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('a public document has its code, to be seen and saved', async () => {
  const { items } = (await (await page.request.get('/api/v1/policies?limit=1')).json()) as { items: { id: string; title: string }[] };
  const [one] = items;
  await page.goto(`/console/policies/${one?.id}`);
  await settled(page);
  await page.getByRole('button', { name: '小程序码' }).click();
  const image = page.getByAltText(`《${one?.title}》的小程序码`);
  await image.waitFor();
  await expect.poll(() => image.evaluate((drawn: HTMLImageElement) => drawn.naturalWidth)).toBe(800);
  await look(page, 'mini-code');
  const [saved] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: '保存图片' }).click()]);
  expect(saved.suggestedFilename()).toBe(`小程序码 ${one?.title}.png`);
  expect(readFileSync(await saved.path()).subarray(1, 4).toString()).toBe('PNG');
});
