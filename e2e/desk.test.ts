/** The desk for messages: what became of them, what keeps them back, and letting them go. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, consent, look, settled } from './browser';
import { openOffice, type Office } from './office';
import { publish } from './publish';
import { arrive } from './resident';

let office: Office;
const first = '鸢都市社区食堂助餐补贴办法';
const second = '鸢都市困难老年人居家适老化改造补贴实施细则（含申请条件、办理流程、补贴标准和监督管理等事项）';
const third = '鸢都市高龄津贴发放办法';

const sim = async (path: string, body?: object) =>
  (await fetch(`${office.house.address}/sim/control/api${path}`, { method: body ? 'POST' : 'GET', body: body && JSON.stringify(body) })).json() as Promise<{ inbox?: object[] | null }>;
const person = (name: string) => `/people/${encodeURIComponent(name)}`;
const messages = async (name: string) => (await sim(person(name))).inbox?.length ?? 0;

beforeAll(async () => {
  office = await openOffice();
  for (const [name, times] of [['王芳', 4], ['李建国', 0], ['赵小满', 4]] as const) {
    const resident = await arrive(office.house.address, name);
    await resident.put('/api/v1/me/follows/topic/elderly');
    await resident.put('/api/v1/me/push-settings', { quiet_from: 0, quiet_until: 0, most: 20, muted: false }); // at whatever hour this runs
    for (let n = 0; n < times; n++) {
      await sim(`${person(name)}/ask`, { choices: [{ template: 'demo-policy-changed', accept: true }] });
      await resident.send('/api/v1/me/credits', { results: [{ template: 'demo-policy-changed', says: 'accept' }] });
    }
  }
});

afterAll(() => office?.close());

/** Both themes, as narrow as a laptop and as wide as a desk. */
async function everyWay(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await both(page, `${name}-${scheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const open = async (page: Page, title: string) => {
  await page.goto('/console/announcements');
  await page.getByRole('link', { name: new RegExp(`^${title.slice(0, 12)}`) }).click();
  await page.getByRole('heading', { name: '微信提醒的结果' }).waitFor();
};
const outcome = (page: Page, name: string, count: number) => page.getByRole('button', { name: `看“${name}”的 ${count} 条` });

describe('an announcement', () => {
  test('is looked at by the editor of its document: what became of each message', async () => {
    const { editor } = office;
    await editor.goto('/console/announcements');
    await editor.getByText('还没有推送过').waitFor();
    await look(editor, 'announcements-none');
    await sim('/faults', { path: '/cgi-bin/message/subscribe/send', code: 99999, times: 1 });
    await publish(office, { title: first, number: '鸢数发〔2026〕9号', topic: 'elderly', urgent: '补贴月底截止，要赶快告诉老人' });
    await open(editor, first);
    await editor.getByText('全部办完').waitFor();
    await outcome(editor, '没有发出：微信的答复没有说明原因', 1).waitFor(); // by itself, without a reload
    expect(await editor.getByRole('button', { name: /^重发/ }).count()).toBe(0);
    await outcome(editor, '没有发出：微信的答复没有说明原因', 1).click();
    await editor.getByText('错误码 99999').waitFor();
    await everyWay(editor, 'announcement-rows');
    expect(await editor.locator('main').innerText()).not.toContain('王芳');
    await editor.goto('/console/announcements?state=ended');
    await editor.getByText('已结束').first().waitFor();
    await everyWay(editor, 'announcements');
  });

  test('waits while messages are paused, and goes on when they are opened again', async () => {
    const { administrator, editor } = office;
    await administrator.goto('/console/push');
    await administrator.getByText('消息正常发送').waitFor();
    await everyWay(administrator, 'push-flowing');
    await administrator.getByRole('button', { name: '暂停发送' }).click();
    await consent(administrator, '暂停发送');
    await administrator.getByText('请写明为什么暂停').waitFor();
    await administrator.getByLabel('为什么暂停').fill('微信公众平台今晚维护');
    await look(administrator, 'push-pause');
    await consent(administrator, '暂停发送');
    await administrator.getByText('有 1 处拦着消息').waitFor();

    await publish(office, { title: second, number: '鸢数发〔2026〕10号', topic: 'elderly' });
    await open(editor, second);
    await editor.getByText('微信公众平台今晚维护').waitFor();
    await outcome(editor, '等着发', 2).waitFor();
    await everyWay(editor, 'announcement-paused');
    await expect.poll(() => administrator.getByRole('cell', { name: '2', exact: true }).count()).toBeGreaterThan(0);
    await everyWay(administrator, 'push-paused');
    const before = await messages('王芳');
    await administrator.getByRole('button', { name: '恢复发送' }).click();
    await consent(administrator, '恢复发送');
    await administrator.getByText('消息正常发送').waitFor();
    await editor.getByText('全部办完').waitFor();
    await editor.locator('.groups').getByText('2', { exact: true }).waitFor();
    expect(await messages('王芳')).toBe(before + 1);
  });

  test('is sent once more to whom it did not reach', async () => {
    const { administrator } = office;
    const before = (await messages('王芳')) + (await messages('赵小满'));
    await administrator.goto('/console/push');
    await administrator.getByRole('link', { name: new RegExp(`^${first}`) }).waitFor();
    await everyWay(administrator, 'push-failing');
    await open(administrator, first);
    await administrator.getByRole('button', { name: '重发“没有发出：微信的答复没有说明原因”的消息' }).click();
    await look(administrator, 'announcement-retry');
    await consent(administrator, '重发');
    await administrator.getByText('1 条已重新排队').waitFor();
    await expect.poll(async () => (await messages('王芳')) + (await messages('赵小满'))).toBe(before + 1);
    await outcome(administrator, '没有发出：微信的答复没有说明原因', 1).waitFor({ state: 'detached' });
    await administrator.getByRole('button', { name: '重发“居民没有可用的次数”的消息' }).click();
    await consent(administrator, '重发');
    await administrator.getByText('这些居民现在都没有可用的次数').waitFor();
    await everyWay(administrator, 'announcement-told');
  });

  test('that WeChat refuses is shown to the editor on the document', async () => {
    const { editor } = office;
    await sim('/faults', { path: '/cgi-bin/message/subscribe/send', code: 45168, times: 1 });
    const id = await publish(office, { title: third, number: '鸢数发〔2026〕11号', topic: 'elderly' });
    await expect.poll(async () => {
      const page = (await (await editor.request.get(`/admin/v1/announcements?object=${id}`)).json()) as { items: { refused: string; running: boolean }[] };
      return page.items[0]?.refused;
    }).toBe('text');
    await editor.goto(`/console/policies/${id}`);
    await editor.getByText('微信没有收下这次的消息文字').waitFor();
    await everyWay(editor, 'document-refused');
    await editor.getByRole('link', { name: '看这次推送' }).click();
    await editor.getByText('再请系统管理员改消息模板后重发').waitFor();
    await settled(editor);
    await everyWay(editor, 'announcement-refused');
  });
});

test('credits are counted, and nobody is named', async () => {
  const { administrator } = office;
  await administrator.goto('/console/credits');
  await administrator.getByText('至少还能提醒一次').first().waitFor();
  await administrator.getByText('看每天的数').first().click();
  await everyWay(administrator, 'credits');
  expect(await administrator.getByRole('cell', { name: '8', exact: true }).count()).toBeGreaterThan(0); // taps of today
  expect(await administrator.locator('main').innerText()).not.toContain('王芳');
});

test('how many follow a topic is shown day by day', async () => {
  const { administrator } = office;
  await administrator.goto('/console/follows');
  await administrator.getByRole('img', { name: /每天的订阅人数/ }).waitFor();
  await everyWay(administrator, 'follows');
  await administrator.getByRole('radio', { name: '近 365 天' }).click({ force: true });
  await administrator.getByText('近 365 天增减').waitFor();
  const saved = administrator.waitForEvent('download');
  await administrator.getByRole('button', { name: '导出 CSV' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^订阅趋势-专题-\d{4}-\d{2}-\d{2}\.csv$/);
  await administrator.getByText('部门', { exact: true }).last().click();
  await administrator.getByText('还没有人订阅').waitFor();
});
