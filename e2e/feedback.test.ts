/** A resident finds a mistake and complains; the right offices answer; the resident says whether it is solved. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, consent, look, openBrowser, settled, sitDown } from './browser';
import { openHouse, type House } from './house';
import { arrive, type Resident } from './resident';
import { begin, hire } from './staff';

interface Feedback {
  id: string;
  number: string;
  state: string;
  due: { day: string } | null;
  answer: { text: string; department: string } | null;
  timeline: { what: string; text: string }[];
}

let house: House;
let browser: Browser;
let clerk: Page; // answers for the health insurance office
let supervisor: Page;
let resident: Resident;
let mistake: Feedback;
let complaint: Feedback;

const office = '鸢都市医疗保障局';
const mine = (f: Feedback) => resident.ask<Feedback>(`/api/v1/me/feedback/${f.id}`);

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const temporary = [await hire(first, 'liuyang', '刘洋', '编辑', office), await hire(first, 'sunli', '孙丽', '市政府办')];
  [clerk, supervisor] = [await sitDown(browser, house.address), await sitDown(browser, house.address)];
  await begin(clerk, 'liuyang', temporary[0] ?? '');
  await begin(supervisor, 'sunli', temporary[1] ?? '');
  resident = await arrive(house.address, '王芳');
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

/** Opens a feedback from the list, as the address in its row does. */
async function open(page: Page, f: Feedback): Promise<void> {
  await page.goto(`/console/feedback?number=${encodeURIComponent(f.number)}`);
  await settled(page);
  await page.locator('[data-row-door]').click();
  await page.getByRole('heading', { name: f.number }).waitFor();
  await settled(page);
}

async function answer(page: Page, text: string, outcome: string): Promise<void> {
  await page.getByLabel('答复内容').fill(text);
  await page.locator('.el-radio__label').filter({ hasText: outcome }).first().click();
  await page.getByRole('button', { name: '发出答复' }).click();
}

describe('what residents report', () => {
  test('is taken in with a number and a day, and what they reported before is there', async () => {
    const { items } = await resident.ask<{ items: { id: string }[] }>('/api/v1/policies?q=' + encodeURIComponent('2027年度居民医保参保缴费'));
    const about = { kind: 'policy', id: items[0]?.id, anchor: 'h2', quote: '2027年度居民医保个人缴费标准为每人420元' };
    mistake = await resident.send<Feedback>('/api/v1/feedback', { kind: 'mistake', text: '社区的通知写的是 400 元，以哪个为准？', about });
    complaint = await resident.send<Feedback>('/api/v1/feedback', { kind: 'complaint', text: '大字版里“回到顶部”挡住了最后一行字。' });
    expect(mistake.number).toMatch(/^鸢馈\d{4}-\d{6}$/);
    expect(mistake.due?.day).toMatch(/^\d{4}-\d\d-\d\d$/);
    const told = await resident.ask<{ total: number; items: Feedback[] }>('/api/v1/me/feedback');
    expect(told.total).toBeGreaterThan(2);
    expect(told.items[0]?.number).toBe(complaint.number);
  });

  test('waits for the office on its first page and in its menu', async () => {
    await clerk.goto('/console/');
    await both(clerk, 'feedback-home');
    await clerk.getByRole('link', { name: /等您答复的纠错与投诉建议/ }).click();
    await clerk.getByRole('heading', { name: '纠错与投诉建议' }).waitFor();
    await both(clerk, 'feedback-list-office');
    await clerk.keyboard.press('j');
    await clerk.keyboard.press('j');
    await clerk.keyboard.press('k');
    await clerk.keyboard.press('Enter');
    await clerk.waitForURL(/\/console\/feedback\/\w{26}$/);
  });

  test('is shown beside the text as it stands, and nobody is named', async () => {
    await open(clerk, mistake);
    await clerk.getByText('2027年度居民医保个人缴费标准为每人420元').first().waitFor();
    await both(clerk, 'feedback-record');
    expect(await clerk.locator('body').innerText()).not.toContain('王芳');
    expect(await clerk.getByText('一位居民').count()).toBeGreaterThan(0);
    await clerk.getByLabel('内部备注').fill('已和社区核对，社区贴的是去年的通知。');
    await clerk.getByRole('button', { name: '加备注' }).click();
    await clerk.getByText('备注已保存').waitFor();
  });

  test('what the clerk has typed outlives a resident who adds something, and a closed window', async () => {
    await clerk.getByLabel('答复内容').fill('以本文件为准，个人缴 420 元。');
    await resident.send(`/api/v1/me/feedback/${mistake.id}/additions`, { text: '补充：是青禾区一个社区的公告栏。' });
    await clerk.reload();
    await settled(clerk);
    expect(await clerk.getByLabel('答复内容').inputValue()).toBe('以本文件为准，个人缴 420 元。');
    await resident.send(`/api/v1/me/feedback/${mistake.id}/additions`, { text: '今天又去看了，还没有换。' });
    await clerk.locator('.el-radio__label').filter({ hasText: '已解释说明' }).first().click();
    await clerk.getByRole('button', { name: '发出答复' }).click();
    await clerk.getByText('您写的时候这一件有了变化').waitFor();
    await clerk.getByText('今天又去看了，还没有换。').waitFor();
    await both(clerk, 'feedback-overtaken');
    await clerk.getByRole('button', { name: '发出答复' }).click();
    await clerk.getByText('答复已发出').waitFor();
    await both(clerk, 'feedback-answered');
    expect((await mine(mistake)).answer).toMatchObject({ text: '以本文件为准，个人缴 420 元。', department: office });
  });

  test('goes round again when it is not solved, and ends when it is', async () => {
    await resident.send(`/api/v1/me/feedback/${mistake.id}/rating`, { satisfaction: 2, solved: false, text: '公告栏还是旧的' });
    await open(clerk, mistake);
    await clerk.getByText('这是第二次办理').waitFor();
    await both(clerk, 'feedback-reopened');
    await answer(clerk, '公告栏今天已经换成新的通知，谢谢您一再提醒。', '已更正');
    await clerk.getByText('答复已发出').waitFor();
    await resident.send(`/api/v1/me/feedback/${mistake.id}/rating`, { satisfaction: 5, solved: true });
    const done = await mine(mistake);
    expect(done.state).toBe('closed');
    expect(done.timeline.map((s) => s.what)).not.toContain('noted');
  });

  test('that nobody has yet is given to an office by the Supervisor', async () => {
    await supervisor.goto('/console/feedback');
    await both(supervisor, 'feedback-list');
    await supervisor.getByRole('button', { name: /已逾期/ }).click();
    await supervisor.waitForURL(/state=overdue/);
    await supervisor.getByText(/逾期 \d+ 天/).first().waitFor();
    await look(supervisor, 'feedback-overdue');
    await open(supervisor, complaint);
    await supervisor.getByRole('button', { name: '交给部门' }).click();
    await supervisor.getByRole('dialog').getByRole('combobox', { name: '部门' }).fill('大数据');
    await supervisor.getByRole('option', { name: '鸢都市大数据局' }).click();
    await supervisor.getByLabel('为什么交给它').fill('大字版由大数据局维护');
    await look(supervisor, 'feedback-assign');
    await consent(supervisor, '交办');
    await supervisor.getByText('已交办').waitFor();
    await both(supervisor, 'feedback-assigned');
    expect((await mine(complaint)).timeline.at(-1)?.text).toBe('由鸢都市大数据局办理');
  });

  test('of another office is not there for the clerk', async () => {
    await clerk.goto(`/console/feedback/${complaint.id}`);
    await settled(clerk);
    expect(await clerk.locator('main').innerText()).not.toContain('回到顶部');
    await clerk.goto('/console/feedback?state=closed&kind=suggestion');
    await both(clerk, 'feedback-empty');
  });
});
