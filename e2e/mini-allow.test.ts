/** The tap that allows WeChat one more reminder: offered after following, standing where messages are, never a nuisance. */
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
  const seen = (what: string) => look(page, `allow-${type}-${what}`);
  const follow = async (topic: string) => {
    await page.goto(`/m/packages/directory/topic?id=${topic}`);
    await page.getByRole('button', { name: '订阅', exact: true }).click();
    await page.getByRole('button', { name: /已订阅/ }).waitFor();
    await arrived(page);
  };

  beforeAll(async () => {
    ({ page } = await takePhone(browser, house.address, { elder }));
    await page.goto('/m/packages/account/signin');
    await signInAs(page, name);
  });

  test('who follows something is offered a reminder, once a day', async () => {
    await follow('elderly');
    await page.getByRole('dialog', { name: '要在微信里提醒您吗？' }).waitFor();
    await seen('offer');
    await page.getByRole('button', { name: '再加一次提醒' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await follow('medical');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  test('the page of messages says how many are left, and a tap adds one', async () => {
    await page.goto('/m/packages/account/notices');
    const card = page.getByRole('region', { name: '微信提醒' });
    await card.getByText('还能在微信里提醒您 1 次').first().waitFor();
    await card.getByRole('button', { name: '再加一次提醒' }).dblclick();
    await card.getByText('还能在微信里提醒您 2 次').first().waitFor();
    await arrived(page);
    await seen('notices');
    await page.reload();
    await page.getByText('还能在微信里提醒您 2 次').first().waitFor();
  });

  test('what was allowed without a network is not lost', async () => {
    const away = (route: { abort: () => Promise<void>; continue: () => Promise<void>; request: () => { method: () => string } }) =>
      route.request().method() === 'POST' ? route.abort() : route.continue();
    await page.route('**/api/v1/me/credits', away);
    await page.getByRole('button', { name: '再加一次提醒' }).click();
    await page.getByText('记下了，有网后自动报上').waitFor();
    await page.unroute('**/api/v1/me/credits');
    await page.reload();
    await page.getByText('还能在微信里提醒您 3 次').first().waitFor();
  });

  test('who refuses is told the way back, and is not offered it again', async () => {
    await page.route('**/sim/control/api/people/*/ask', async (route) => {
      const { choices } = route.request().postDataJSON() as { choices: { template: string }[] };
      const result = Object.fromEntries(choices.map((c) => [c.template, 'reject']));
      await route.fulfill({ json: { errCode: 0, result } });
    });
    await page.getByRole('button', { name: '再加一次提醒' }).click();
    await page.getByText('您选了不提醒').waitFor();
    await page.getByText('您上次没有同意').first().waitFor();
    await seen('refused');
    await page.unroute('**/sim/control/api/people/*/ask');
  });

  test('a document that a message opened has the tap too, and one that was found has not', async () => {
    const { items } = (await (await page.request.get('/api/v1/policies?limit=1')).json()) as { items: { id: string }[] };
    await page.goto(`/m/packages/policy/policy?id=${items[0]?.id}&from=message`);
    await page.getByRole('region', { name: '微信提醒' }).waitFor();
    await seen('document');
    await page.goto(`/m/packages/policy/policy?id=${items[0]?.id}`);
    await arrived(page);
    expect(await page.getByRole('region', { name: '微信提醒' }).count()).toBe(0);
  });

  test('who wants no reminders is asked for none', async () => {
    await page.goto('/m/packages/account/wishes');
    await page.getByText('这里没有个性化推荐').waitFor();
    await seen('wishes');
    await page.getByRole('switch', { name: /微信提醒/ }).click();
    await page.getByText('只在“消息”里告诉您').waitFor();
    await page.getByRole('region', { name: '微信提醒' }).waitFor({ state: 'hidden' });
    await page.goto('/m/packages/account/notices');
    await arrived(page);
    expect(await page.getByRole('region', { name: '微信提醒' }).count()).toBe(0);
  });
});
