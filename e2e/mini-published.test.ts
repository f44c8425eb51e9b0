/** Somebody looks for what others have asked, reads an answer with what it rests on, and says that it was useful. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, look, signInAs, takePhone, tapUntil } from './phone';
import { arrive } from './resident';

let house: House;
let browser: Browser;
let page: Page;
const title = '养老院收三万元押金、一次交半年费用，合不合规定';
/** How many letters stand today: what rests on a policy that has ended does not. */
const standing = async (topic = '') => {
  const answer = await page.request.get(`/api/v1/letters?limit=1${topic && `&topic=${topic}`}`);
  return ((await answer.json()) as { total: number }).total;
};
const rows = (on: Page) => on.locator('.public-row');
const act = (on: Page, name: RegExp) => on.getByRole('toolbar').getByRole('button', { name });

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  ({ page } = await takePhone(browser, house.address));
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('the most useful answers stand where one would write', async () => {
  await page.goto('/m/pages/talk/talk');
  await page.getByRole('region', { name: '热门问答' }).waitFor();
  expect(await rows(page).count()).toBe(3);
  await look(page, 'published-talk');
  await page.getByRole('link', { name: '全部热门问答' }).click();
  await page.getByText(`共 ${await standing()} 封`).waitFor();
  await look(page, 'published-list');
});

test('one finds by words and by topic', async () => {
  await page.getByLabel('搜来信和答复').fill('养老院押金能收多少');
  await page.getByRole('button', { name: '搜索' }).click();
  await rows(page).filter({ hasText: title }).waitFor();
  await look(page, 'published-found');
  await page.getByLabel('搜来信和答复').fill('');
  await page.getByRole('button', { name: '搜索' }).click();
  await page.getByRole('button', { name: '专题：全部专题' }).click();
  await look(page, 'published-topics');
  await page.getByRole('radio', { name: '养老' }).click();
  await page.getByText(`共 ${await standing('elderly')} 封`).waitFor();
  await page.getByLabel('搜来信和答复').fill('木星上的石头');
  await page.getByRole('button', { name: '搜索' }).click();
  await page.getByText('没有找到“木星上的石头”').waitFor();
  await page.getByText('我向政府问个事').waitFor();
  await look(page, 'published-none');
});

test('an answer is read with what it rests on, and leads there', async () => {
  await page.goto(`/m/packages/letter/published?q=${encodeURIComponent('办理临时托养')}&topic=elderly`);
  await page.getByRole('button', { name: '专题：养老' }).waitFor();
  await page.goto(`/m/packages/letter/published?q=${encodeURIComponent('老二明年上一年级同校')}`);
  await rows(page).first().click();
  await page.getByRole('heading', { name: '两个孩子能不能申请在同一所小学就读' }).waitFor();
  await look(page, 'published-one');
  await page.getByRole('region', { name: '答复的依据' }).getByRole('link').first().click();
  await page.getByText('鸢都市义务教育学校招生入学管理办法').first().waitFor();
  await page.goBack();
  await act(page, /我也要问/).click();
  await page.getByText('您要说什么事').first().waitFor();
});

test('it was useful: who says so signs in, is counted once, and can take it back', async () => {
  await page.goto(`/m/packages/letter/published?q=${encodeURIComponent('老二明年上一年级同校')}`);
  await rows(page).first().click();
  const before = Number((await act(page, /^有用/).innerText()).replace(/\D/g, ''));
  const more = act(page, new RegExp(`^有用 ${before + 1}$`));
  await act(page, /^有用/).click();
  await signInAs(page, '高远');
  await more.waitFor();
  expect(await more.getAttribute('aria-pressed')).toBe('true');
  await page.reload();
  await expect.poll(() => more.getAttribute('aria-pressed')).toBe('true');
  await look(page, 'published-useful');
  await more.click();
  await act(page, new RegExp(`^有用 ${before}$`)).waitFor();
});

test('the search has a tab for it, a topic a door, the phone a memory', async () => {
  await page.goto(`/m/packages/policy/search?q=${encodeURIComponent('养老院押金')}`);
  await page.getByRole('tab', { name: '来信答复' }).click();
  await rows(page).filter({ hasText: title }).waitFor();
  await look(page, 'published-tab');
  await page.goto('/m/packages/directory/topic?id=elderly');
  await arrived(page);
  await look(page, 'published-topic');
  await page.getByRole('link', { name: '养老方面，别人问过什么' }).click();
  await page.getByText(`共 ${await standing('elderly')} 封`).waitFor();
  await page.goto('/m/packages/account/history');
  await page.getByRole('link', { name: /两个孩子能不能/ }).click();
  await page.getByRole('heading', { name: '两个孩子能不能申请在同一所小学就读' }).waitFor();
});

test('what is found while one writes leads to all of it, and back to the letter', async () => {
  await page.goto('/m/packages/letter/write?channel=ask');
  await page.getByLabel('一句话说是什么事').fill('养老院押金收三万，还要交半年的费');
  await page.getByLabel('内容', { exact: true }).fill('养老院要三万元押金，还要一次交半年费用，这样合规定吗？');
  const whole = page.getByRole('link', { name: '看来信和答复全文' });
  await tapUntil(page.locator('.related-row').filter({ hasText: '养老院每月3800元' }), whole);
  await whole.click();
  await page.getByRole('heading', { name: title }).waitFor();
  await page.goBack();
  await expect.poll(() => page.locator('textarea').inputValue()).toContain('三万元押金');
});

test('in large type and in the dark it can be read too', async () => {
  const elder = await takePhone(browser, house.address, { elder: true, dark: true });
  await elder.page.goto('/m/pages/talk/talk');
  await elder.page.getByRole('region', { name: '热门问答' }).waitFor();
  await look(elder.page, 'published-talk-elder');
  await elder.page.goto(`/m/packages/letter/published?q=${encodeURIComponent('养老院押金')}`);
  await rows(elder.page).first().waitFor();
  await look(elder.page, 'published-found-elder');
  await rows(elder.page).first().click();
  await act(elder.page, /^有用/).waitFor();
  await look(elder.page, 'published-one-elder');
  await elder.context.close();
});

test('once its author no longer agrees, it is gone', async () => {
  const author = await arrive(house.address, '王芳');
  const { items } = await author.ask<{ items: { id: string; title: string }[] }>('/api/v1/me/letters?limit=100');
  const own = items.find((l) => l.title.startsWith('老二明年上一年级'))?.id;
  const phone = await takePhone(browser, house.address);
  await phone.page.goto('/m/packages/account/signin');
  await signInAs(phone.page, '王芳');
  await phone.page.goto(`/m/packages/letter/letter?id=${own}`);
  await phone.page.getByRole('link', { name: /看公开的样子/ }).waitFor();
  await look(phone.page, 'published-own');
  await phone.page.getByRole('switch', { name: /同意公开/ }).click();
  await phone.page.getByText('已改好').waitFor();
  expect(await phone.page.getByRole('link', { name: /看公开的样子/ }).count()).toBe(0);
  await page.goto(`/m/packages/letter/public?id=${own}`);
  await page.getByText(/写信人不再同意公开/).waitFor();
  await look(page, 'published-gone');
  await page.getByRole('link', { name: '看别人问过的' }).click();
  await page.getByText(`共 ${await standing()} 封`).waitFor();
});

test('how the city deals with letters is told by month and by office', async () => {
  await page.goto('/m/pages/talk/talk');
  await page.getByRole('link', { name: /来信办得怎么样/ }).click();
  await page.getByText(/月收到的来信/).waitFor();
  await page.getByRole('button', { name: /鸢都市民政局/ }).click();
  await page.getByText('来信人说没有解决').waitFor();
  await look(page, 'figures-mini');
  const shown = (name: string) => page.getByRole('list', { name: '全市' }).getByRole('listitem').filter({ hasText: name }).innerText();
  const now = (await (await page.request.get('/api/v1/letters/figures')).json()) as { total: { received: number; overdue: number } };
  expect(await shown('收到')).toContain(String(now.total.received));
  expect(await shown('现在逾期')).toContain(String(now.total.overdue));
  await page.getByRole('button', { name: '上个月' }).click();
  await expect.poll(() => page.getByRole('button', { name: '下个月' }).getAttribute('aria-disabled')).toBe(null);
  const elder = await takePhone(browser, house.address, { elder: true, dark: true });
  await elder.page.goto('/m/packages/letter/figures');
  await elder.page.getByText('按主办部门').waitFor();
  await look(elder.page, 'figures-mini-elder');
  await elder.context.close();
});
