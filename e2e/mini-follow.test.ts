/** Following a search: from its results, with how often one is told, and back to the results. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, look, signInAs, takePhone } from './phone';

let house: House;
let browser: Browser;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe.each([{ type: 'usual', elder: false, name: '王芳' }, { type: 'large', elder: true, name: '李建国' }])('in $type type', ({ type, elder, name }) => {
  let page: Page;
  const seen = (what: string) => look(page, `follow-${type}-${what}`);

  beforeAll(async () => ({ page } = await takePhone(browser, house.address, { elder })));

  test('who searches follows the search, signing in on the way', async () => {
    await page.goto('/m/packages/policy/search?q=' + encodeURIComponent('养老 补贴'));
    await arrived(page);
    await page.getByRole('button', { name: '筛选' }).click();
    await page.getByRole('checkbox', { name: /现行有效/ }).click();
    await page.getByRole('button', { name: /^看 .* 份$/ }).click();
    await page.getByRole('button', { name: /订阅这个搜索/ }).waitFor();
    await seen('results');
    await page.getByRole('button', { name: /订阅这个搜索/ }).click();
    await signInAs(page, name);
    await page.getByRole('button', { name: /已订阅这个搜索/ }).waitFor();
    await page.getByText('养老 补贴 · 现行有效').waitFor();
    await seen('followed');
  });

  test('what is not there yet can be followed too, and let go', async () => {
    await page.goto('/m/packages/policy/search?q=' + encodeURIComponent('龘'));
    await page.getByText('没有找到“龘”').waitFor();
    await page.getByRole('button', { name: /订阅这个搜索/ }).click();
    await page.getByText('已加入“我的订阅”').waitFor();
    await seen('nothing');
    await page.getByRole('button', { name: /已订阅这个搜索/ }).click();
    await page.getByText('已取消订阅').waitFor();
  });

  test('it says how often one is told, rests, and leads back to the results', async () => {
    await page.goto('/m/packages/directory/topic?id=elderly');
    await page.getByRole('button', { name: '订阅', exact: true }).click();
    await page.getByText('已加入“我的订阅”').waitFor();
    await page.goto('/m/packages/account/follows');
    await page.getByText('共 2 项').waitFor();
    await page.getByRole('button', { name: '设置：养老 补贴 · 现行有效' }).click();
    await page.getByRole('radio', { name: /每日汇总/ }).click();
    await page.getByText('已保存').waitFor();
    await seen('sheet');
    await page.getByRole('switch', { name: /暂停/ }).click();
    await page.getByText('已暂停：恢复之前').waitFor();
    await page.getByRole('button', { name: '关闭' }).click();
    await page.getByText('共 2 项，1 项暂停').waitFor();
    await seen('list');
    await page.getByRole('button', { name: '全部暂停' }).click();
    await page.getByText('共 2 项，2 项暂停').waitFor();
    await seen('all-rest');
    await page.getByRole('button', { name: '全部恢复' }).click();
    await page.getByText('共 2 项', { exact: true }).waitFor();
    await page.reload();
    await page.getByText('每日汇总').waitFor();
    await page.getByRole('link', { name: /养老 补贴/ }).click();
    await page.getByRole('button', { name: /筛选（1）/ }).waitFor();
    await page.getByRole('button', { name: /已订阅这个搜索/ }).waitFor();
    expect(await page.getByLabel('标题、文号、关键词或一句话').inputValue()).toBe('养老 补贴');
  });
});
