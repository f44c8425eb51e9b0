/** What is one's own on the phone: signing in, keeping, following, telling the house, and going again. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, look, signInAs, takePhone, type Phone } from './phone';

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

/** Opens the first document that a word finds. */
async function openFirst(word: string): Promise<string> {
  await page.goto(`/m/packages/policy/search?q=${encodeURIComponent(word)}`);
  await arrived(page);
  await page.locator('.policy-row:visible').first().click();
  await page.getByRole('button', { name: '目录' }).waitFor();
  return page.getByRole('heading', { level: 1 }).innerText();
}

describe('a resident', () => {
  test('who never signed in finds what is theirs behind one tap, and is asked only then', async () => {
    await page.goto('/m/pages/mine/mine');
    await look(page, 'mine');
    await page.getByRole('link', { name: '我的收藏' }).click();
    await page.getByRole('heading', { name: '演示：选一个人来扮演' }).waitFor();
    await look(page, 'sign-in');
    await page.getByLabel('换一个名字').fill('周明');
    await page.getByRole('button', { name: '用这个名字登录' }).click();
    await page.getByRole('heading', { name: '隐私政策' }).waitFor();
    await look(page, 'consent');
    await page.getByRole('checkbox', { name: '我不满十四周岁，由监护人同意' }).click();
    await look(page, 'guardian');
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByRole('alert').waitFor(); // who the guardian is was not said
    await page.getByRole('checkbox', { name: '我不满十四周岁，由监护人同意' }).click();
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByText('还没有收藏').waitFor();
    await look(page, 'favourites-none');
  });

  test('keeps two documents and finds one of them by a word', async () => {
    const titles: string[] = [];
    for (const word of ['长期护理保险', '电动自行车']) {
      titles.push(await openFirst(word));
      await page.getByRole('button', { name: '收藏' }).click();
      await page.getByRole('button', { name: '已收藏' }).waitFor();
    }
    await page.goto('/m/packages/account/favourites');
    await page.getByText('共 2 份').waitFor();
    await look(page, 'favourites');
    await page.getByLabel('在收藏里查找').fill('护理');
    await page.getByText('共 1 份').waitFor();
    await page.getByRole('button', { name: `取消收藏：${titles[0]}` }).click();
    await page.getByText('收藏里没有“护理”').waitFor();
  });

  test('follows a topic, an office and a document; what was let go by mistake comes back', async () => {
    await page.goto('/m/packages/directory/topic?id=elderly');
    await page.getByRole('button', { name: '订阅' }).click();
    await page.getByText('已加入“我的订阅”').waitFor();
    await look(page, 'topic');
    await page.goto('/m/pages/policy/policies');
    await page.getByRole('tab', { name: '部门' }).click();
    await look(page, 'offices');
    await page.getByLabel('按名称找部门').fill('民政');
    await page.getByRole('link', { name: /民政局/ }).first().click();
    await page.getByRole('button', { name: '订阅' }).click();
    await page.getByRole('button', { name: '已订阅' }).waitFor();
    await look(page, 'office');
    await openFirst('养老服务管理办法');
    await page.getByRole('button', { name: '订阅' }).click();
    await page.getByRole('button', { name: '已订阅' }).waitFor();
    await page.goto('/m/packages/account/follows');
    await arrived(page);
    expect(await page.getByRole('listitem').count()).toBe(3);
    await page.getByRole('button', { name: '设置：养老' }).click();
    await page.getByRole('button', { name: '取消订阅' }).click();
    await page.getByRole('button', { name: '恢复：养老' }).click();
    await page.getByRole('button', { name: '设置：养老' }).waitFor();
    await look(page, 'follows');
  });

  test('says which article of a document is wrong; two taps on send are one', async () => {
    await openFirst('长期护理保险');
    await page.getByRole('button', { name: /^第五条：/ }).click();
    await page.getByRole('button', { name: '报告这一条有误' }).click();
    await page.getByText('出错的地方').waitFor();
    await page.getByText(/^第五条　/).waitFor();
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('请先写一句话').waitFor();
    await page.getByLabel('哪里不对，应该是什么').fill('“特困人员”后面少了一个顿号。');
    await look(page, 'report');
    const sent = page.waitForResponse((r) => r.request().method() === 'POST' && r.url().endsWith('/api/v1/feedback'));
    let taps = 0;
    await page.route('**/api/v1/me', async (route) => {
      if (++taps > 1) await sent; // who taps twice is known for the second tap when the first has long arrived
      await route.continue();
    });
    await page.getByRole('button', { name: '提交' }).dblclick();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.unroute('**/api/v1/me');
    await look(page, 'reported');
    await page.goto('/m/packages/feedback/mine');
    await arrived(page);
    expect(await page.getByRole('listitem').count()).toBe(1);
    await look(page, 'feedbacks');
    await page.getByRole('link', { name: /少了一个顿号/ }).click();
    await page.getByText('办理进度').waitFor();
    await page.getByRole('button', { name: '补充' }).click();
    await page.getByLabel('补充说明').fill('在第一行。');
    await page.getByRole('button', { name: '提交补充' }).click();
    await page.getByText('在第一行。').waitFor();
    await look(page, 'feedback');
  });

  test('loses the network while writing, and nothing of what was written', async () => {
    await page.goto('/m/packages/feedback/write?kind=suggestion');
    await arrived(page);
    await page.getByLabel('您希望怎样').fill('希望能把公交线路也放进来。😊');
    await phone.context.setOffline(true);
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('您写的都还在').waitFor();
    await look(page, 'write-offline');
    await phone.context.setOffline(false);
    await page.reload();
    await arrived(page);
    expect(await page.locator('textarea').inputValue()).toBe('希望能把公交线路也放进来。😊');
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByRole('heading', { name: '已收到' }).waitFor();
  });

  test('whose sign-in is over while writing signs in again, and the text is sent', async () => {
    await page.goto('/m/packages/feedback/write?kind=complaint');
    await arrived(page);
    await page.getByLabel('发生了什么').fill('页面打开很慢。');
    await page.evaluate(`localStorage.setItem('token', ${JSON.stringify(JSON.stringify({ type: 'string', data: '"gone"' }))})`);
    await page.reload();
    await arrived(page);
    expect(await page.locator('textarea').inputValue()).toBe('页面打开很慢。');
    await page.getByRole('button', { name: '提交' }).click();
    await signInAs(page, '周明');
    await page.getByRole('heading', { name: '已收到' }).waitFor();
  });

  test('writes ten thousand characters and is told by how many that is too much', async () => {
    await page.goto('/m/packages/feedback/write?kind=suggestion');
    await arrived(page);
    await page.getByLabel('您希望怎样').fill('长'.repeat(10_000));
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('最多 2,000 字，现在多了 8000 字').waitFor();
    await page.getByLabel('您希望怎样').fill('');
  });

  test('sees on the page of the account all that the house holds, and changes it', async () => {
    await page.goto('/m/packages/account/privacy');
    await arrived(page);
    await page.getByRole('button', { name: /^称呼/ }).click();
    await page.getByRole('dialog').getByLabel('怎么称呼您').fill('王女士');
    await look(page, 'name');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('王女士').first().waitFor();
    await page.getByRole('button', { name: '绑定手机号' }).click();
    await page.getByText(/1\d\d\*{4}\d{4}/).waitFor();
    await look(page, 'account');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: /下载我的全部信息/ }).click()]);
    expect(file.suggestedFilename()).toBe('export.zip');
    await page.getByText('已开始下载').waitFor();
  });

  test('withdraws the consent, and can read on but keep nothing', async () => {
    await page.getByRole('button', { name: '撤回同意' }).click();
    await look(page, 'withdraw');
    await page.getByRole('dialog').getByRole('button', { name: '撤回同意' }).click();
    await page.getByText('已撤回同意').waitFor();
    await openFirst('长期护理保险');
    await page.getByRole('button', { name: '收藏' }).click();
    await page.getByRole('button', { name: '同意并继续' }).click();
    await page.getByRole('button', { name: '已收藏' }).waitFor();
  });

  test('closes the account and gets a certificate of what is gone and what stays', async () => {
    await page.goto('/m/packages/account/erase');
    await look(page, 'erase');
    await page.getByRole('button', { name: '注销账号' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '注销账号' }).click();
    await page.getByRole('heading', { name: '账号已注销' }).waitFor();
    await look(page, 'erased');
    for (const what of ['收藏', '订阅']) expect(await page.locator('main, [role=main]').first().innerText()).toContain(what);
    await page.goto('/m/pages/mine/mine');
    await page.getByRole('link', { name: /^登录/ }).waitFor();
    expect(phone.foreign).toEqual([]);
  });
});

describe('the other pages', () => {
  test('let everybody in, on a usual phone and on a small one', async () => {
    const pages: [string, string][] = [
      ['talk', '/m/pages/talk/talk'], ['topics', '/m/pages/policy/policies'], ['history', '/m/packages/account/history'],
      ['reading', '/m/packages/account/reading'], ['privacy-text', '/m/packages/account/policy'], ['about', '/m/packages/account/about'],
      ['write', '/m/packages/feedback/write?kind=complaint'],
    ];
    for (const [name, path] of pages) {
      await page.goto(path);
      await look(page, name);
    }
  });

  test('a document that is not there says so, and leads on', async () => {
    await page.goto('/m/packages/policy/policy?id=01ARZ3NDEKTSV4RRFFQ69G5FAV');
    await page.getByRole('alert').waitFor();
    await look(page, 'not-there');
    await page.getByRole('button', { name: '查政策' }).click();
    await page.getByLabel('标题、文号、关键词或一句话').waitFor();
  });
});
