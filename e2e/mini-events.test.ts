/** What residents do with events: find one, sign up, wait, show the code, look at a draw; on the phone and the open web. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { barriers } from './browser';
import { announce, change, minutes } from './events';
import { openOffice, type Office } from './office';
import { arrived, look, signInAs, takePhone } from './phone';
import { arrive } from './resident';

let office: Office;
let page: Page;
const ids = { open: '', full: '' };
const row = (on: Page, title: string) => on.locator('.event-row').filter({ hasText: title });
const title = '看一滴水怎样到您家';

beforeAll(async () => {
  office = await openOffice();
  const event = { kind: 'open_day', place: '市民中心一楼', audience: '本市居民，学生由家长陪同', contacts: '0536-5550100' };
  ids.open = await announce(office, {
    ...event, title: '市民中心开放日', begins: minutes(3000), ends: minutes(3120), address: '府前街 8 号，乘 3 路到市民中心站',
    body: [{ kind: 'text', text: '看窗口后面怎样办事，可以提意见。' }],
    sign_up: { opens: minutes(-60), closes: minutes(2000), places: 10, how: 'first_come', most_persons: 3, asks_phone: true, asks: '您想看什么' },
  });
  ids.full = await announce(office, {
    ...event, title: '数据机房开放日', begins: minutes(3000), ends: minutes(3120),
    sign_up: { opens: minutes(-60), closes: minutes(2000), places: 1, how: 'first_come' },
  });
  const first = await arrive(office.house.address, '李建国');
  await first.send(`/api/v1/events/${ids.full}/sign-ups`, { name: '李先生' });
  ({ page } = await takePhone(office.browser, office.house.address));
});

afterAll(() => office?.close());

test('the first page and 政策 lead to events, those to come and those that were', async () => {
  await page.goto('/m/');
  await arrived(page);
  const block = page.getByRole('region', { name: '参与活动' });
  expect(await block.locator('.event-row').count()).toBe(2);
  await block.scrollIntoViewIfNeeded();
  await look(page, 'events-home');
  await page.goto('/m/pages/policy/policies');
  await arrived(page);
  await look(page, 'events-policies');
  await page.getByRole('link', { name: /参与活动/ }).click();
  await row(page, title).waitFor();
  await look(page, 'events-list');
  await page.getByRole('tab', { name: '已经结束' }).click();
  await row(page, '走进消防站').waitFor();
  await look(page, 'events-past');
});

test('a public agenda tells step by step what came of it', async () => {
  await row(page, '早市搬不搬').click();
  await page.getByRole('heading', { level: 1, name: /早市搬不搬/ }).waitFor();
  await page.getByText('九十二个摊位全部搬入').waitFor();
  await page.getByRole('list', { name: '议事日的进展' }).getByText('办理结果').waitFor();
  await look(page, 'event-agenda');
});

test('who wants to come signs up once, and has a code', async () => {
  await page.goto(`/m/packages/event/event?id=${ids.open}`);
  await page.getByText('还剩 10 个名额').waitFor();
  await look(page, 'event-open');
  await page.getByRole('button', { name: '我要报名' }).click();
  await signInAs(page, '王芳');
  await page.getByRole('button', { name: '3 人' }).or(page.getByRole('radio', { name: '3 人' })).first().waitFor();
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await page.getByText('请写怎么称呼您').waitFor();
  await page.getByRole('textbox', { name: '您的称呼' }).fill('王女士');
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await page.getByText('请留一个能打通的电话').waitFor();
  await page.getByRole('textbox', { name: '时间地点有变时联系您' }).fill('13800001234');
  await page.getByRole('radio', { name: '2 人' }).click();
  await page.getByRole('textbox', { name: '您想看什么' }).fill('窗口后台');
  await look(page, 'event-join');
  await page.getByRole('button', { name: '报名', exact: true }).dblclick();
  await page.getByText('您有名额').waitFor();
  await page.getByText('报名序号 1，2 人').waitFor();
  await look(page, 'sign-up-in');
  await page.getByRole('link', { name: '看这个活动' }).click();
  await page.getByText('还剩 8 个名额').waitFor();
  await page.getByRole('link', { name: /我的报名：报名成功/ }).waitFor();
  await look(page, 'event-joined');
});

test('where it is full one waits, and moves up when somebody gives a place back', async () => {
  await page.goto(`/m/packages/event/event?id=${ids.full}`);
  await page.getByText('已满，可以候补').waitFor();
  await page.getByRole('button', { name: '报名候补' }).click();
  await page.getByText('现在报名是候补').waitFor();
  await page.getByRole('textbox', { name: '您的称呼' }).fill('王女士');
  await look(page, 'event-join-waiting');
  await page.getByRole('button', { name: '报名', exact: true }).click();
  await page.getByText('您在候补').waitFor();
  await page.getByText('您是下一位').waitFor();
  await look(page, 'sign-up-waiting');

  const other = await takePhone(office.browser, office.house.address);
  await other.page.goto(`/m/packages/event/signup?id=${ids.full}`);
  await other.page.goto('/m/pages/mine/mine');
  await arrived(other.page);
  await other.page.getByRole('button', { name: /我的报名/ }).or(other.page.getByRole('link', { name: /我的报名/ })).first().click();
  await signInAs(other.page, '李建国');
  await other.page.getByRole('link', { name: /数据机房开放日/ }).click();
  await other.page.getByRole('button', { name: '取消报名' }).click();
  await look(other.page, 'sign-up-leaving');
  await other.page.getByRole('button', { name: '取消报名' }).last().click();
  await other.page.getByText('报名已取消').waitFor();
  await other.context.close();

  await page.reload();
  await page.getByText('您有名额').waitFor();
  await page.goto('/m/packages/account/notices');
  await page.getByText('从候补转为报名成功').waitFor();
  await look(page, 'event-notices');
  await page.getByText('从候补转为报名成功').click();
  await page.getByText('您有名额').waitFor();
});

test('all that one signed up for stands in one list, also when it is cancelled', async () => {
  await change(office, ids.full, (content) => { content.cancelled = '停电检修'; });
  await page.goto('/m/packages/event/mine');
  await page.getByRole('link', { name: /数据机房开放日/ }).getByText('活动取消了').waitFor();
  await look(page, 'sign-ups');
  await page.getByRole('link', { name: /数据机房开放日/ }).click();
  await page.getByText('停电检修').waitFor();
  await look(page, 'sign-up-off');
});

test('a draw can be followed and checked by anybody', async () => {
  await page.goto('/m/packages/event/events');
  await row(page, '居民供热价格调整听证会').click();
  await page.getByRole('link', { name: /抽签怎么抽的/ }).click();
  await page.getByText('入选的序号').waitFor();
  await look(page, 'event-draw');
  await page.goto('/m/packages/policy/search?q=' + encodeURIComponent('水厂'));
  await page.getByRole('tab', { name: '参与' }).click();
  await page.getByText('一滴水').first().waitFor();
  await look(page, 'events-found');
});

test('the code opens without a network', async () => {
  await page.goto(`/m/packages/event/signup?id=${ids.open}`);
  await page.getByText('您有名额').waitFor();
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.reload();
  await page.getByText('您有名额').waitFor();
  await page.locator('.pass-picture').waitFor();
  await look(page, 'sign-up-offline');
  await page.unroute('**/api/v1/**');
});

test('in large type and in the dark it can be used too', async () => {
  for (const [name, made] of [['elder', { elder: true }], ['dark', { dark: true }]] as const) {
    const other = await takePhone(office.browser, office.house.address, made);
    const on = other.page;
    await on.goto('/m/packages/event/events');
    await row(on, title).waitFor();
    await look(on, `events-list-${name}`);
    await on.goto(`/m/packages/event/event?id=${ids.open}`);
    await on.getByRole('button', { name: '我要报名' }).click();
    await signInAs(on, '王芳');
    await on.getByRole('radio', { name: '3 人' }).waitFor();
    await look(on, `event-join-${name}`);
    await on.goto(`/m/packages/event/event?id=${ids.open}`);
    await on.getByRole('link', { name: /我的报名/ }).waitFor();
    await look(on, `event-open-${name}`);
    await on.goto(`/m/packages/event/signup?id=${ids.open}`);
    await on.getByText('您有名额').waitFor();
    await look(on, `sign-up-in-${name}`);
    await on.goto('/m/packages/event/mine');
    await on.getByRole('link', { name: /市民中心开放日/ }).waitFor();
    await look(on, `sign-ups-${name}`);
    await on.goto('/m/packages/event/events');
    await row(on, '居民供热价格调整听证会').click();
    await on.getByRole('link', { name: /抽签怎么抽的/ }).click();
    await on.getByText('入选的序号').waitFor();
    await look(on, `event-draw-${name}`);
    await other.context.close();
  }
});

test('the open web has them without a script', async () => {
  const desk = await office.browser.newContext({ baseURL: office.house.address, viewport: { width: 1366, height: 900 } });
  const web = await desk.newPage();
  const see = async (name: string) => {
    for (const width of [375, 1366]) {
      await web.setViewportSize({ width, height: 900 });
      if (process.env.SHOTS) await web.screenshot({ path: `${process.env.SHOTS}/web-${name}-${width}.png`, fullPage: true });
      expect(await barriers(web), name).toEqual([]);
      expect(await web.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), name).toBeLessThanOrEqual(0);
    }
  };
  await web.goto('/');
  await web.getByRole('navigation', { name: '主要栏目' }).getByRole('link', { name: '参与活动' }).click();
  await see('events');
  await web.goto('/events?past=1');
  await web.getByRole('link', { name: /早市搬不搬/ }).click();
  await see('event-agenda');
  await web.goto(`/events/${ids.open}`);
  await see('event-open');
  await web.goto('/events?q=' + encodeURIComponent('供热'));
  await see('events-found');
  await web.getByRole('link', { name: /听证会/ }).first().click();
  await web.getByRole('link', { name: /抽签是怎么抽的/ }).click();
  await see('event-draw');
  await desk.close();
});
