/** Three phones: who is told at once, who by a digest, and who refused; the console and WeChat count the same. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOffice, type Office } from './office';
import { arrived, look, signInAs, takePhone } from './phone';
import { publish } from './publish';
import { arrive } from './resident';

let office: Office;
const phones: Record<string, Page> = {};
const people = ['王芳', '李建国', '赵小满'] as const;
const titles = ['鸢都市社区食堂助餐补贴办法', '鸢都市高龄津贴发放办法', '鸢都市居家养老上门服务规范', '鸢都市老年人体检项目目录'];
const phone = (name: string) => phones[name] as Page;
const before: Record<string, number> = {}; // unread, of the sample's own letters

interface Message { data?: Record<string, { value: string }> }
const inbox = async (name: string): Promise<Message[]> => {
  const answer = await fetch(`${office.house.address}/sim/control/api/people/${encodeURIComponent(name)}`);
  return ((await answer.json()) as { inbox?: Message[] | null }).inbox ?? [];
};

beforeAll(async () => {
  office = await openOffice();
  for (const name of people) {
    const resident = await arrive(office.house.address, name);
    await resident.put('/api/v1/me/push-settings', { quiet_from: 0, quiet_until: 0, most: 20, muted: false }); // at whatever hour this runs
    before[name] = (await resident.ask<{ unread: number }>('/api/v1/me/notices')).unread;
    const { page } = await takePhone(office.browser, office.house.address, { elder: name === '李建国' });
    phones[name] = page;
    await page.goto('/m/packages/account/signin');
    await signInAs(page, name);
  }
});

afterAll(() => office?.close());

/** What became of an announcement, as the console counts it. */
async function outcomes(title: string): Promise<Record<string, number>> {
  const answer = await office.editor.request.get(`/admin/v1/announcements?q=${encodeURIComponent(title)}`);
  const { items } = (await answer.json()) as { items: { id: string; running: boolean }[] };
  if (items.length !== 1 || items[0]?.running) return {};
  const one = await office.editor.request.get(`/admin/v1/announcements/${items[0]?.id}`);
  const record = (await one.json()) as { outcomes: { state: string; count: number }[] };
  return Object.fromEntries(record.outcomes.map((o) => [o.state, o.count]));
}

const tell = (n: number) => publish(office, { title: titles[n] ?? '', number: `鸢数发〔2026〕${20 + n}号`, topic: 'elderly' });
const allowedMore = async (page: Page, times: number) => {
  await page.goto('/m/packages/account/notices');
  const card = page.getByRole('region', { name: '微信提醒' });
  await card.getByRole('button', { name: '再加一次提醒' }).click();
  await card.getByText(`还能在微信里提醒您 ${times} 次`).first().waitFor();
};

test('one follows a topic and allows two reminders', async () => {
  const page = phone('王芳');
  await page.goto('/m/packages/directory/topic?id=elderly');
  await page.getByRole('button', { name: '订阅', exact: true }).click();
  await page.getByRole('dialog', { name: '要在微信里提醒您吗？' }).getByRole('button', { name: '再加一次提醒' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await allowedMore(page, 2);
  await look(page, 'three-two-left');
});

test('one follows the office, told together once a day', async () => {
  const page = phone('李建国');
  const { items } = (await (await page.request.get('/api/v1/departments')).json()) as { items: { id: string; name: string }[] };
  const own = items.find((d) => d.name === '鸢都市数据局')?.id;
  await page.goto(`/m/packages/directory/department?id=${own}`);
  await page.getByRole('button', { name: '订阅', exact: true }).click();
  await page.getByRole('button', { name: '先不用' }).click();
  await page.goto('/m/packages/account/follows');
  await page.getByRole('button', { name: '设置：鸢都市数据局' }).click();
  await page.getByRole('radio', { name: /每日汇总/ }).click();
  await page.getByText('已保存').waitFor();
});

test('one follows a search, and refuses reminders', async () => {
  const page = phone('赵小满');
  await page.goto('/m/packages/policy/search?q=' + encodeURIComponent('社区食堂助餐补贴'));
  await page.getByRole('button', { name: /订阅这个搜索/ }).click();
  await page.getByRole('button', { name: /已订阅这个搜索/ }).waitFor();
  await page.route('**/sim/control/api/people/*/ask', async (route) => {
    const { choices } = route.request().postDataJSON() as { choices: { template: string }[] };
    await route.fulfill({ json: { errCode: 0, result: Object.fromEntries(choices.map((c) => [c.template, 'reject'])) } });
  });
  await page.goto('/m/packages/account/notices');
  await page.getByRole('button', { name: '再加一次提醒' }).click();
  await page.getByText('您上次没有同意').first().waitFor();
});

test('three documents come out: each is told as they wished, and both sides count the same', async () => {
  for (const n of [0, 1, 2]) await tell(n);
  await expect.poll(() => outcomes(titles[0] ?? ''), { timeout: 20_000 }).toEqual({ confirmed: 1, no_credit: 1 });
  await expect.poll(() => outcomes(titles[1] ?? ''), { timeout: 20_000 }).toEqual({ confirmed: 1 });
  await expect.poll(() => outcomes(titles[2] ?? ''), { timeout: 20_000 }).toEqual({ no_credit: 1 });
  const got = await Promise.all(people.map(inbox));
  expect(got.map((list) => list.length)).toEqual([2, 0, 0]);
});

test('each finds in the inbox what concerns them, and why', async () => {
  for (const [name, count, why] of [['王芳', 3, '您订阅了专题“养老”'], ['李建国', 3, '您订阅了鸢都市数据局'], ['赵小满', 1, '社区食堂助餐补贴']] as const) {
    const page = phone(name);
    await page.goto('/m/packages/account/notices');
    await arrived(page);
    await page.getByText(why).first().waitFor();
    expect(await page.getByText('未读', { exact: true }).count(), name).toBe(count + (before[name] ?? 0));
    await look(page, `three-inbox-${people.indexOf(name)}`);
  }
});

test('who allows one more is reminded of the next', async () => {
  await allowedMore(phone('王芳'), 1);
  await tell(3);
  await expect.poll(() => outcomes(titles[3] ?? ''), { timeout: 20_000 }).toEqual({ confirmed: 1 });
  expect((await inbox('王芳')).length).toBe(3);
  const { editor } = office;
  await editor.goto('/console/announcements');
  await editor.getByText(titles[3] ?? '').first().waitFor();
  if (process.env.SHOTS) await editor.screenshot({ path: `${process.env.SHOTS}/three-console.png` });
});
