/** Finding and reading on the phone: somebody of seventy who takes their time, and somebody of twenty-five who has none. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, check, look, signInAs, takePhone, type Phone } from './phone';

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

describe('somebody of seventy', () => {
  let phone: Phone;

  test('turns to large type by one tap on the first page, and it stays', async () => {
    phone = await takePhone(browser, house.address, { worker: true });
    const { page } = phone;
    await page.goto('/m/');
    await arrived(page);
    await page.getByRole('switch', { name: '长辈版' }).click();
    await check(page, 'elder-home');
    for (const way of ['查政策', '按专题看', '提意见', '打电话']) expect(await page.getByRole('link', { name: way }).count(), way).toBeGreaterThan(0);
    await page.reload();
    await arrived(page);
    expect(await page.locator('.screen.elder:visible').count()).toBe(1);
  });

  test('asks in their own words what to do about their pension, and reads the interpretation first', async () => {
    const { page } = phone;
    await page.getByRole('link', { name: '查政策' }).last().click();
    await page.getByLabel('标题、文号、关键词或一句话').fill('养老金怎么领');
    await page.getByRole('button', { name: '搜索' }).click();
    await page.getByText('显示“养老金”的结果').waitFor();
    await check(page, 'elder-found');
    await page.getByRole('link', { name: /城乡居民基本养老保险实施办法/ }).first().click();
    await page.getByRole('heading', { level: 1, name: '鸢都市城乡居民基本养老保险实施办法' }).waitFor();
    await page.getByRole('link', { name: '先看解读' }).click();
    await page.getByText('问', { exact: true }).first().waitFor();
    await check(page, 'elder-interpretation');
  });

  test('opens the document, jumps to an article and makes it larger', async () => {
    const { page } = phone;
    await page.getByRole('tab', { name: '原文' }).click();
    await page.getByRole('button', { name: '目录' }).click();
    await check(page, 'elder-contents');
    await page.getByRole('link', { name: /^第六条/ }).click();
    const sixth = page.locator('.block.article', { hasText: '第六条' });
    await expect.poll(async () => (await sixth.boundingBox())?.y).toBeLessThan(200);
    const before = await sixth.locator('uni-text').last().evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize));
    await page.getByRole('button', { name: '更多', exact: true }).click();
    await page.getByRole('radio', { name: '特大' }).click();
    await check(page, 'elder-sizes');
    await page.getByRole('button', { name: '关闭' }).click();
    expect(await sixth.locator('uni-text').last().evaluate((e) => Number.parseFloat(getComputedStyle(e).fontSize))).toBeGreaterThan(before * 1.5);
  });

  test('keeps it, for which they sign in, and comes back to where they were', async () => {
    const { page } = phone;
    await page.getByRole('button', { name: '收藏' }).click();
    await signInAs(page, '李建国');
    await page.getByRole('button', { name: '已收藏' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('鸢都市城乡居民基本养老保险实施办法');
  });

  test('passes it on: the address is on the clipboard where the browser has no menu of its own', async () => {
    const { page } = phone;
    await page.evaluate(() => Object.defineProperty(navigator, 'share', { value: undefined }));
    await page.getByRole('button', { name: '转发' }).click();
    await page.getByText('网址已复制').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^鸢都市城乡居民基本养老保险实施办法 http.*\/policies\/\w{26}$/);
  });

  test('comes back tomorrow without a network and reads it', async () => {
    const { context, page } = phone;
    const address = page.url();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.close();
    await context.setOffline(true);
    const again = (phone.page = await context.newPage());
    await again.goto(address);
    await again.getByText('离线：读过的内容还可以看').waitFor();
    await again.getByRole('heading', { level: 1, name: '鸢都市城乡居民基本养老保险实施办法' }).waitFor();
    await check(again, 'elder-offline');
    await again.goto('/m/packages/account/history');
    await again.getByText('离线可读').first().waitFor();
    await again.goto('/m/packages/directory/topic?id=housing');
    await again.getByText('网络断开了。请检查手机的网络').waitFor();
    await check(again, 'elder-failed');
    await context.setOffline(false);
    await again.getByRole('button', { name: '重试' }).click();
    await again.getByText(/共 \d+ 份/).waitFor();
    expect(phone.foreign).toEqual([]);
  });
});

describe('somebody of twenty-five in a hurry', () => {
  let phone: Phone;

  test('pastes a number from a chat and has the document first', async () => {
    phone = await takePhone(browser, house.address);
    const { page } = phone;
    await page.goto('/m/packages/policy/search');
    await page.getByLabel('标题、文号、关键词或一句话').fill('看下这个 鸢政办发[2021]8号');
    await page.getByLabel('标题、文号、关键词或一句话').press('Enter');
    const first = page.getByRole('link', { name: /城乡居民基本养老保险实施办法/ }).first();
    await first.waitFor();
    await look(page, 'found');
    await first.click();
    await page.getByRole('button', { name: '复制文号' }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('鸢都市城乡居民基本养老保险实施办法');
    await look(page, 'policy');
  });

  test('copies one article with its source', async () => {
    const { page } = phone;
    await page.getByRole('button', { name: /^第二条：/ }).click();
    await look(page, 'article-menu');
    await page.getByRole('button', { name: '复制这一条和出处' }).click();
    await page.getByText('已复制').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^第二条　/);
    expect(copied).toMatch(/——《鸢都市城乡居民基本养老保险实施办法》（鸢政办发〔2021〕8号），2021年3月30日发布，http\S+$/);
  });

  test('finds a word in the document and goes from place to place', async () => {
    const { page } = phone;
    await page.getByRole('button', { name: '更多', exact: true }).click();
    await page.getByRole('button', { name: '在本文里查找' }).click();
    await page.getByLabel('要找的词').fill('缴费');
    const said = await page.getByText(/第 1 处，共 \d+ 处/).innerText();
    expect(Number(/共 (\d+) 处/.exec(said)?.[1])).toBeGreaterThan(1);
    await page.getByRole('button', { name: '下一处' }).click();
    await page.getByText(/第 2 处/).waitFor();
    await look(page, 'find');
    await page.getByRole('button', { name: '结束查找' }).click();
  });

  test('types and is shown what goes on with it; the last letters count', async () => {
    const { page } = phone;
    await page.goto('/m/packages/policy/search');
    const line = page.getByLabel('标题、文号、关键词或一句话');
    await line.pressSequentially('yangl', { delay: 30 });
    const list = page.getByRole('list', { name: '提示' });
    await list.getByRole('link').first().waitFor();
    await look(page, 'suggestions');
    await line.fill('');
    await page.getByText('最近查过').waitFor();
    await look(page, 'search');
    await page.getByRole('button', { name: '清空记录' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '清空记录' }).click();
    await page.getByText('最近查过').waitFor({ state: 'hidden' });
  });

  test('narrows what was found; the numbers say what is left', async () => {
    const { page } = phone;
    await page.goto('/m/packages/policy/search?q=养老');
    await arrived(page);
    await page.getByRole('button', { name: '筛选' }).click();
    await page.getByRole('checkbox', { name: /现行有效/ }).click();
    const go = page.getByRole('button', { name: /^看 \d+ 份$/ });
    const left = await page.getByRole('checkbox', { name: /现行有效/ }).locator('.filter-count').innerText();
    await expect.poll(() => go.innerText()).toBe(`看 ${left} 份`);
    await look(page, 'filters');
    await go.click();
    await page.getByText(`共 ${left} 份`).waitFor();
    await page.getByRole('button', { name: '筛选（1）' }).waitFor();
  });

  test('who finds nothing is told what to do', async () => {
    const { page } = phone;
    await page.goto('/m/packages/policy/search?q=量子纠缠热插拔');
    await page.getByText('没有找到“量子纠缠热插拔”').waitFor();
    await page.getByRole('link', { name: '教育' }).waitFor();
    await look(page, 'nothing');
    expect(phone.foreign).toEqual([]);
  });

  test('scrolls down an endless list, opens one, and comes back to its place', async () => {
    const { page } = phone;
    await page.goto('/m/pages/policy/policies');
    await arrived(page);
    for (let i = 0; i < 12; i += 1) await page.mouse.wheel(0, 1500);
    await page.getByText('已经到底了').waitFor();
    const at = await page.evaluate(() => window.scrollY);
    expect(await page.getByRole('listitem').count()).toBeLessThan(60); // of 63: what is far away is not in the tree
    await page.locator('.policy-row:visible').last().click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByText('已经到底了').waitFor();
    expect(Math.abs((await page.evaluate(() => window.scrollY)) - at)).toBeLessThan(80);
  });
});
