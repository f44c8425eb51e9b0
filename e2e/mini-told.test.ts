/** What is followed changes: the phone tells of it, as often as one wants. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both } from './browser';
import { fillSignature, sign } from './desk';
import { openOffice, type Office } from './office';
import { arrived, look, signInAs, takePhone } from './phone';
import { submit } from './publish';

let office: Office;
let page: Page;
const title = '鸢都市社区食堂助餐补贴办法';

beforeAll(async () => {
  office = await openOffice();
  ({ page } = await takePhone(office.browser, office.house.address));
});

afterAll(() => office?.close());

/** Signs it as urgent, after seeing how many people that reaches. */
async function signUrgent(id: string): Promise<void> {
  const { reviewer } = office;
  await reviewer.goto(`/console/policies/${id}/review`);
  await fillSignature(reviewer, '告诉', '新的补贴，影响办事');
  await reviewer.getByText('1 人会在“消息”里看到，每人一条。').waitFor();
  await reviewer.getByText('没有提醒次数，只在“消息”里看到').waitFor();
  await reviewer.locator('.el-checkbox__label').filter({ hasText: '紧急' }).click();
  await reviewer.getByLabel('为什么紧急').fill('急');
  await reviewer.getByRole('button', { name: '签发', exact: true }).first().click();
  await reviewer.getByText('请写明为什么紧急，至少四个字。').waitFor();
  await reviewer.getByLabel('为什么紧急').fill('今天中午起用餐就按新标准');
  await both(reviewer, 'reach');
  await sign(reviewer);
  await reviewer.getByText('已签发，居民现在能看到了').first().waitFor();
}

describe('who follows a topic', () => {
  test('finds nothing in the inbox at first, and the way to what can be followed', async () => {
    await page.goto('/m/packages/account/signin');
    await signInAs(page, '高远'); // to whom nothing was told yet
    await page.goto('/m/packages/directory/topic?id=elderly');
    await page.getByRole('button', { name: /^订阅/ }).click();
    await page.getByRole('button', { name: /已订阅/ }).waitFor();
    await page.goto('/m/packages/account/notices');
    await page.getByText('还没有消息').waitFor();
    await look(page, 'notices-none');
  });

  test('is told when a document about it is signed, and finds it in one tap', async () => {
    await signUrgent(await submit(office, { title, number: '鸢数发〔2026〕9号', topic: 'elderly' }));
    await page.goto('/m/pages/mine/mine');
    await page.getByText('1 条未读').waitFor();
    await look(page, 'mine-unread');
    await page.getByRole('link', { name: /^消息/ }).click();
    await page.getByText('您订阅了专题“养老”').waitFor();
    await look(page, 'notices');
    await page.getByRole('link', { name: new RegExp(title) }).click();
    await page.getByText('每餐补贴三元').waitFor();
    await page.getByRole('button', { name: '返回' }).click();
    await page.getByText('您订阅了专题“养老”').waitFor();
    expect(await page.getByText('未读', { exact: true }).count()).toBe(0);
  });

  test('says when reminders may come, and it stays', async () => {
    await page.goto('/m/packages/account/wishes');
    await page.getByRole('radio', { name: '晚上8:00到早上9:00' }).click();
    await page.getByRole('radio', { name: '3 次' }).click();
    await arrived(page);
    await look(page, 'wishes');
    await page.reload();
    await page.getByRole('radio', { name: '3 次', checked: true }).waitFor();
    await page.getByRole('radio', { name: '晚上8:00到早上9:00', checked: true }).waitFor();
    await page.getByRole('switch', { name: /微信提醒/ }).click();
    await page.getByText('只在“消息”里告诉您').waitFor();
  });

  test('deletes what is done with', async () => {
    await page.goto('/m/packages/account/notices');
    await page.getByRole('button', { name: `删除这条消息：${title}` }).click();
    await page.getByText('还没有消息').waitFor();
  });
});
