/** Bad luck on the phone: the network goes, the house is busy, slow or says no, the phone is full, and thumbs are quick. */
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { bringIn, hard, idOf, lineTitle, longTitle, plain, wideTitle } from './made';
import { arrived, check, look, signInAs, takePhone, type Phone } from './phone';
import { openSecretariat } from './secretariat';

let house: House;
let browser: Browser;
let phone: Phone;
let page: Page;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  bringIn(house, [...hard, ...plain(220)]);
  phone = await takePhone(browser, house.address);
  page = phone.page;
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const request = '4f2a91c07b3e5d68a1b2c3d4e5f60718';
const sentence = '服务器正忙。请过一会儿再试。';

/** The house's answer when it can't keep up. */
const busy = (route: Route) =>
  route.fulfill({
    status: 503, contentType: 'application/problem+json',
    body: JSON.stringify({ status: 503, code: 'busy', title: '暂时不能服务', detail: sentence, request_id: request }),
  });

/** Holds answers back until they are let go. */
function gate(): { hold: (route: Route) => Promise<void>; open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((done) => (open = done));
  return { hold: async (route) => { await opened; await route.continue(); }, open };
}

const list = '**/api/v1/policies?*';
const policyPage = (id: string) => `/m/packages/policy/policy?id=${id}`;

describe('a house that is busy', () => {
  test.each([
    ['home', () => '/m/', '**/api/v1/home'],
    ['list', () => '/m/pages/policy/policies', list],
    ['document', async () => policyPage(await idOf(house, lineTitle)), '**/api/v1/policies/*'],
    ['topic', () => '/m/packages/directory/topic?id=elderly', '**/api/v1/**'],
  ])('says so on the page of a %s, and is asked again by one tap', async (name, path, asked) => {
    await page.route(asked, busy);
    await page.goto(await path());
    await page.getByText(sentence).first().waitFor();
    await page.getByText(`反映问题时请告知编号 ${request}`).first().waitFor();
    await look(page, `busy-${name}`);
    await page.unroute(asked);
    await page.getByRole('button', { name: '重试' }).first().click();
    await page.getByText(sentence).first().waitFor({ state: 'hidden' });
    await arrived(page);
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('in the middle of a list leaves what is there, and reads on where it stopped', async () => {
    await page.goto('/m/pages/policy/policies');
    await arrived(page);
    await page.route(list, busy);
    await wheel(page, 4);
    const again = page.getByRole('button', { name: '后面的没有读到，点这里再试' });
    await again.waitFor();
    await again.scrollIntoViewIfNeeded();
    await look(page, 'middle-busy');
    await page.unroute(list);
    await phone.context.setOffline(true);
    await again.click();
    await page.getByText('离线：读过的内容还可以看').waitFor();
    await again.waitFor();
    await phone.context.setOffline(false);
    await again.click();
    await again.waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.querySelectorAll('.chunk').length)).toBeGreaterThan(1);
  });

  test('does not show under a new filter what was found without it', async () => {
    await page.goto('/m/packages/policy/search?q=养老');
    await arrived(page);
    const before = await page.locator('.list-count').innerText();
    await page.getByRole('button', { name: '筛选' }).click();
    await page.getByRole('checkbox', { name: /现行有效/ }).click();
    await page.getByRole('button', { name: /^看 \d+ 份$/ }).waitFor();
    await arrived(page);
    await page.route(list, busy);
    await page.getByRole('button', { name: /^看 \d+ 份$/ }).click();
    await page.getByText(sentence).waitFor();
    expect(await page.locator('.policy-row:visible').count()).toBe(0);
    expect(await page.locator('.list-count').innerText()).not.toBe(before);
    await check(page, 'busy-filtered');
    await page.unroute(list);
    await page.getByRole('button', { name: '重试' }).click();
    await page.locator('.policy-row:visible').first().waitFor();
  });

  test('keeps a text that was to be sent, and takes it once', async () => {
    await page.goto('/m/packages/feedback/write?kind=suggestion');
    await arrived(page);
    await page.getByLabel('您希望怎样').fill('希望公交车站有座椅。');
    await page.getByRole('button', { name: '提交' }).click();
    await page.route('**/api/v1/feedback', busy);
    await signInAs(page, '赵小满');
    await page.getByText(/您写的都还在/).waitFor();
    await look(page, 'busy-write');
    await page.unroute('**/api/v1/feedback');
    await page.getByRole('button', { name: '提交' }).dblclick();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    await page.goto('/m/packages/feedback/mine');
    await arrived(page);
    expect(await page.getByRole('link', { name: /公交车站有座椅/ }).count()).toBe(1);
  });
});

async function wheel(on: Page, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await on.mouse.wheel(0, 1500);
}

describe('a house that is slow', () => {
  test('shows the shape of what comes, never a screen that turns round', async () => {
    for (const [name, path, asked] of [['list', '/m/pages/policy/policies', list], ['home', '/m/', '**/api/v1/home']] as const) {
      const held = gate();
      await page.route(asked, held.hold);
      await page.goto(path);
      await page.locator('.skeleton:visible').waitFor();
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/slow-${name}.png` });
      await page.getByRole('navigation', { name: '主要页面' }).getByRole('link', { name: '我的' }).click({ trial: true });
      held.open();
      await page.locator('.skeleton').first().waitFor({ state: 'hidden' });
      await page.unroute(asked);
    }
  });

  test('answers the last search, though an older answer comes after it', async () => {
    await page.goto('/m/packages/policy/search');
    await arrived(page);
    const held = gate();
    await page.route((url) => url.pathname === '/api/v1/policies' && url.searchParams.get('q') === '风筝广场', held.hold);
    const line = page.getByLabel('标题、文号、关键词或一句话');
    await line.fill('风筝广场');
    await line.press('Enter');
    await line.fill('护理保险');
    await line.press('Enter');
    await page.locator('.policy-row:visible', { hasText: '护理保险' }).first().waitFor();
    const late = page.waitForResponse((r) => r.url().includes(encodeURIComponent('风筝广场')) && r.url().includes('/policies?')).catch(() => undefined);
    held.open();
    await late;
    await arrived(page);
    expect(await page.locator('.policy-row:visible', { hasText: '风筝广场' }).count()).toBe(0);
    await page.unrouteAll();
  });

  test('an order that was asked for is waited for: the old one does not stand under its name', async () => {
    await page.goto('/m/pages/policy/policies');
    await arrived(page);
    const held = gate();
    await page.route(list, held.hold);
    await page.getByRole('button', { name: '排序：最新发布' }).click();
    await page.locator('.skeleton:visible').waitFor();
    expect(await page.locator('.policy-row:visible').count()).toBe(0);
    held.open();
    await page.locator('.policy-row:visible').first().waitFor();
    await page.unroute(list);
  });
});

describe('a sign-in that is over', () => {
  const signOut = async () => {
    const token = JSON.parse((await page.evaluate(() => localStorage.getItem('token'))) ?? '') as string;
    const over = await fetch(`${house.address}/api/v1/logout`, { method: 'POST', headers: { Authorization: `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID() } });
    expect(over.status).toBeLessThan(300);
  };

  test('is renewed on the way to what one wanted', async () => {
    await page.goto(policyPage(await idOf(house, longTitle)));
    await arrived(page);
    await signOut();
    await page.getByRole('button', { name: '收藏' }).click();
    await signInAs(page, '赵小满');
    await page.getByRole('button', { name: '已收藏' }).waitFor();
  });

  test('does not lose what was written, nor ask for it to be sent again', async () => {
    await page.goto('/m/packages/feedback/write?kind=suggestion');
    await arrived(page);
    await signOut();
    await page.getByLabel('您希望怎样').fill('希望广场晚上多几盏灯。');
    await page.getByRole('button', { name: '提交' }).click();
    await signInAs(page, '赵小满');
    await page.getByRole('heading', { name: '已收到' }).waitFor();
  });

  test('and what was kept before stays kept when one signs in to keep it', async () => {
    await page.goto(policyPage(await idOf(house, longTitle)));
    await page.getByRole('button', { name: '已收藏' }).waitFor();
    await signOut();
    await page.reload();
    await page.getByRole('button', { name: '收藏', exact: true }).click();
    await signInAs(page, '赵小满');
    await page.getByText('已收藏，在“我的收藏”里').waitFor();
    await page.getByRole('button', { name: '已收藏' }).waitFor();
  });

  test('does not leave one before a closed door in what is one’s own', async () => {
    await page.goto('/m/pages/mine/mine');
    await arrived(page);
    await signOut();
    await page.getByRole('link', { name: '我的收藏' }).click();
    await page.getByRole('button', { name: '登录' }).click();
    await signInAs(page, '赵小满');
    await page.getByText(longTitle).waitFor();
    await look(page, 'favourites-long-title');
  });
});

describe('a document that is no more what it was', () => {
  let withdrawn: string;
  let merged: string;
  let kept: string;

  test('is read, and stays on the phone', async () => {
    [withdrawn, merged, kept] = await Promise.all([1, 2, 3].map((n) => idOf(house, `鸢都市风筝广场第${n}号活动公告`))) as [string, string, string];
    await page.goto(policyPage(withdrawn));
    await page.getByRole('button', { name: '收藏', exact: true }).click();
    await page.getByRole('button', { name: '已收藏' }).waitFor();
    await page.goto('/m/packages/account/history');
    await page.locator('.listed', { hasText: '第1号活动公告' }).getByText('离线可读').waitFor();
    const office = await openSecretariat(browser, house);
    await office.withdraw(withdrawn, '内容有误，更正后重新公开。');
    await office.merge(merged, kept);
  });

  test('withdrawn, an old share of it says when and why, and leads on; the phone’s copy is gone', async () => {
    await page.goto(policyPage(withdrawn));
    await page.getByText(/这份文件已于\d+年\d+月\d+日撤回。原因：内容有误，更正后重新公开。/).waitFor();
    await look(page, 'withdrawn');
    expect(await page.getByText('第二条').count()).toBe(0);
    await page.getByRole('button', { name: '查政策' }).click();
    await page.getByLabel('标题、文号、关键词或一句话').waitFor();
    await page.goto('/m/packages/account/history');
    await arrived(page);
    expect(await page.locator('.listed', { hasText: '第1号活动公告' }).getByText('离线可读').count()).toBe(0);
    await page.goto('/m/packages/account/favourites');
    await page.locator('.listed', { hasText: '第1号活动公告' }).getByText(/撤回/).waitFor();
    await look(page, 'favourite-gone');
  });

  test('merged, its address opens the one that it went to', async () => {
    await page.goto(policyPage(merged));
    await page.getByRole('heading', { level: 1, name: '鸢都市风筝广场第3号活动公告' }).waitFor();
    await page.getByRole('button', { name: '收藏', exact: true }).click();
    await page.getByRole('button', { name: '已收藏' }).waitFor();
    await page.goto('/m/packages/account/favourites');
    await page.getByText('鸢都市风筝广场第3号活动公告').waitFor();
  });
});

/** More than the house lets anybody keep in a minute: what it answers, two hundred times. */
async function shelf200(route: Route): Promise<void> {
  const asked = new URL(route.request().url());
  const answer = await route.fetch({ url: `${asked.origin}${asked.pathname}?limit=20` });
  const { items } = (await answer.json()) as { items: { id: string }[] };
  const from = Number(asked.searchParams.get('offset') ?? 0);
  const many = Array.from({ length: Math.min(20, 200 - from) }, (_, n) => ({ ...items[(from + n) % items.length], id: `${from + n}` }));
  await route.fulfill({ response: answer, json: { items: many, total: 200 } });
}

describe('two hundred favourites', () => {
  test('are scrolled through with few of them in the tree, and searched', async () => {
    await page.route('**/api/v1/me/favourites?*', shelf200);
    await page.goto('/m/packages/account/favourites');
    await page.getByText('共 200 份').waitFor();
    for (let i = 0; i < 14; i += 1) {
      await wheel(page, 2);
      await arrived(page);
      if (await page.getByText('已经到底了').isVisible()) break;
    }
    await page.getByText('已经到底了').waitFor();
    expect(await page.locator('.keeps').count()).toBeLessThan(80);
    await look(page, 'favourites-end');
    await page.unroute('**/api/v1/me/favourites?*');
    await page.getByLabel('在收藏里查找').fill('加装电梯');
    await page.getByText('共 1 份').waitFor();
    await look(page, 'favourites-found');
  });
});

describe('thumbs', () => {
  test('that tap twice on 收藏 keep it once', async () => {
    await page.goto(policyPage(await idOf(house, wideTitle)));
    const writes: string[] = [];
    page.on('request', (asked) => asked.url().includes('/me/favourites/') && writes.push(asked.method()));
    await page.getByRole('button', { name: '收藏', exact: true }).evaluate((button: HTMLElement) => {
      button.click();
      setTimeout(() => button.click(), 200); // as quick as a thumb, and slower than the house answers
    });
    await page.getByRole('button', { name: '已收藏' }).waitFor();
    await arrived(page);
    expect(writes).toEqual(['PUT']);
  });

  test('that go back come to the same place of the list, with its filter', async () => {
    await page.goto('/m/packages/policy/search?q=风筝广场');
    await arrived(page);
    await page.getByRole('button', { name: '筛选' }).click();
    await page.getByRole('checkbox', { name: /^2025/ }).click();
    await page.getByRole('button', { name: /^看 \d+ 份$/ }).click();
    await page.getByRole('button', { name: '筛选（1）' }).waitFor();
    await arrived(page);
    await wheel(page, 3);
    await arrived(page);
    await page.evaluate(() => addEventListener('click', () => document.body.setAttribute('data-at', String(window.scrollY)), { capture: true, once: true }));
    await page.locator('.policy-row:visible').last().click();
    await page.getByRole('button', { name: '目录' }).waitFor();
    const at = Number(await page.locator('body').getAttribute('data-at'));
    expect(at).toBeGreaterThan(500);
    await page.goBack();
    await page.getByRole('button', { name: '筛选（1）' }).waitFor();
    await expect.poll(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(at - 80);
    expect(await page.evaluate(() => window.scrollY)).toBeLessThan(at + 80);
  });

  test('that go back come to the same tab', async () => {
    await page.goto('/m/pages/policy/policies');
    await page.getByRole('tab', { name: '专题' }).click();
    await page.getByRole('link', { name: '养老' }).first().click();
    await page.getByRole('button', { name: '订阅' }).waitFor();
    await page.goBack();
    await expect.poll(() => page.getByRole('tab', { name: '专题' }).getAttribute('aria-selected')).toBe('true');
  });

  test('that go back close what lies above the document first, and then the document', async () => {
    await page.goto('/m/packages/policy/search?q=养老服务管理办法');
    await arrived(page);
    await page.locator('.policy-row:visible').first().click();
    await page.getByRole('button', { name: '目录' }).click();
    await page.getByRole('dialog', { name: '目录' }).waitFor();
    await page.goBack();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '更多', exact: true }).click();
    await page.getByRole('button', { name: '在本文里查找' }).click();
    await page.getByLabel('要找的词').fill('养老');
    await page.getByText(/第 1 处/).waitFor();
    await page.goBack();
    await page.getByLabel('要找的词').waitFor({ state: 'hidden' });
    expect(await page.locator('.found:visible').count()).toBe(0);
    await page.getByRole('button', { name: '目录' }).waitFor();
    await page.goBack();
    await page.getByText(/共 \d+ 份/).waitFor();
    expect(page.url()).toContain('/search?');
  });
});

describe('a phone that is full', () => {
  const full = `
    const full = () => { throw new DOMException('full', 'QuotaExceededError'); };
    Storage.prototype.setItem = full;
    IDBObjectStore.prototype.put = full;`;
  const closed = 'indexedDB.open = () => { throw new DOMException("closed", "SecurityError"); };';

  test.each([['full', full], ['shut', full + closed]])('(%s) still finds, reads, keeps and writes', async (_, luck) => {
    const other = await takePhone(browser, house.address);
    await other.context.addInitScript(luck);
    const on = other.page;
    await on.goto('/m/');
    await on.getByRole('switch', { name: '长辈版' }).click();
    await on.getByRole('switch', { name: '长辈版' }).click();
    await on.goto('/m/packages/policy/search');
    await on.getByLabel('标题、文号、关键词或一句话').fill('护理保险');
    await on.getByRole('button', { name: '搜索' }).click();
    await on.locator('.policy-row:visible').first().click();
    await on.getByRole('button', { name: '收藏', exact: true }).click();
    await signInAs(on, '王芳');
    await on.getByRole('button', { name: '已收藏' }).waitFor();
    await on.getByRole('button', { name: '更多', exact: true }).click();
    await on.getByRole('button', { name: '报告文字有误' }).click();
    await on.getByLabel('哪里不对，应该是什么').fill('标题里少了一个字。');
    await on.getByText('手机存满了，没能存下来').waitFor();
    if (luck === full) await look(on, 'full-write');
    await on.getByRole('button', { name: '提交' }).click();
    await on.getByRole('heading', { name: '已收到' }).waitFor();
    await on.goto(policyPage('01ARZ3NDEKTSV4RRFFQ69G5FAV'));
    await on.getByRole('alert').waitFor();
    await on.context().close();
  });
});
