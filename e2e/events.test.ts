/** One event at its desk: announced, signed up to, let in at the door, and told of. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { both, consent } from './browser';
import { fillSignature, saved, sign, submit, tab } from './desk';
import { announce, minutes } from './events';
import { openOffice, type Office } from './office';
import { arrive } from './resident';

let office: Office;
let editor: Page;
let reviewer: Page;
let desk = '';
let id = '';

const title = '政务数据开放日';

async function choose(field: ReturnType<Page['getByRole']>, option: string): Promise<void> {
  await field.press('Enter');
  await field.page().getByRole('option', { name: option }).filter({ visible: true }).first().click();
}

/** Types a moment into a field: what a person who knows it does. */
async function when(page: Page, label: string, text: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true }).first();
  await field.fill(text);
  await field.press('Enter');
  await page.keyboard.press('Escape');
}

/** A moment as the field shows it. */
function said(moment: string): string {
  const [, y, m, d, clock] = /^(\d+)-(\d+)-(\d+)T(.*)$/.exec(moment) ?? [];
  return `${y}年${Number(m)}月${Number(d)}日 ${clock}`;
}

beforeAll(async () => {
  office = await openOffice();
  ({ editor, reviewer } = office);
});

afterAll(() => office?.close());

test('an editor writes when and where it is, and how one signs up', async () => {
  await editor.goto('/console/events');
  await both(editor, 'events-list');
  await editor.getByRole('button', { name: '起草活动' }).click();
  await editor.waitForURL(/events\/\w{26}$/);
  desk = new URL(editor.url()).pathname;
  id = desk.split('/').at(-1) ?? '';
  await editor.getByLabel('标题', { exact: true }).first().fill(title);
  await editor.locator('.ProseMirror').first().click();
  await editor.keyboard.type('看数据怎样让您少跑腿。');
  await tab(editor, '时间地点');
  await choose(editor.getByRole('combobox', { name: '形式' }), '政府开放日');
  await when(editor, '开始时间', said(minutes(3000)));
  await when(editor, '结束时间', said(minutes(3120)));
  await editor.getByRole('textbox', { name: '地点', exact: true }).fill('市民中心一楼');
  await editor.getByLabel('联系方式').fill('0536-5550100');
  const consultation = editor.getByRole('combobox', { name: '所属的意见征集' });
  await consultation.fill('充电');
  await editor.getByRole('option', { name: /电动自行车停放充电管理规定/ }).click();
  await both(editor, 'event-info');
  await tab(editor, '报名');
  await editor.getByText('要报名', { exact: true }).click();
  await editor.getByLabel('名额', { exact: true }).fill('2');
  await when(editor, '开始报名', said(minutes(-60)));
  await when(editor, '报名截止', said(minutes(2000)));
  await editor.getByText('报名时要留联系电话').click();
  await both(editor, 'event-sign-up');
  await editor.locator('.el-radio__label').getByText('抽签').click();
  await editor.getByLabel('抽签时间').first().waitFor();
  await both(editor, 'event-lottery');
  await editor.locator('.el-radio__label').getByText('先到先得').click();
  await tab(editor, '情况和结果');
  await both(editor, 'event-after');
  await saved(editor);
});

test('what is lacking is said at its place; then it is reviewed and signed', async () => {
  await editor.getByText('没有写谁可以参加').first().waitFor();
  await tab(editor, '时间地点');
  await editor.getByLabel('谁可以参加').fill('本市居民');
  await saved(editor);
  await submit(editor, desk);
  await reviewer.goto(`${desk}/review`);
  await fillSignature(reviewer, '不告诉', '本市例行公开');
  await both(reviewer, 'event-review');
  await sign(reviewer);
  const told = await (await office.reader.request.get(`/api/v1/events/${id}`)).text();
  expect(told).toContain('"phase":"open"');
  expect(told).toContain('少跑腿');
  expect(told).toContain('"name":"鸢都市电动自行车停放充电管理规定（征求意见稿）"');
});

test('its page proposes the matter of its consultation', async () => {
  await editor.goto(desk);
  const card = editor.getByRole('region', { name: '属于事项' });
  await card.getByRole('link', { name: '电动自行车登记、停放和充电' }).waitFor();
  await card.scrollIntoViewIfNeeded();
  await both(editor, 'event-matters');
});

test('whoever comes is let in by code, once; names are read for a reason', async () => {
  const day = minutes(0).slice(0, 10);
  const begins = minutes(30).startsWith(day) ? minutes(30) : `${day}T23:59`;
  const today = await announce(office, {
    kind: 'open_day', title: '今天的开放日', begins, ends: minutes(150), place: '市民中心一楼', audience: '本市居民', contacts: '0536-5550100',
    sign_up: { opens: minutes(-60), closes: begins, places: 2, how: 'first_come', most_persons: 2, asks_phone: true, asks: '想看什么' },
  });
  const codes: string[] = [];
  for (const [name, phone] of [['王芳', '13800000001'], ['李建国', '13800000002']] as const) {
    const resident = await arrive(office.house.address, name);
    const mine = await resident.send<{ code: string }>(`/api/v1/events/${today}/sign-ups`, { name, phone, persons: name === '王芳' ? 2 : 1, words: '机房' });
    codes.push(mine.code);
  }
  expect(codes[0]).toHaveLength(10);
  expect(codes[1]).toBe('');
  await editor.goto(`/console/events/${today}`);
  await tab(editor, '报名');
  await editor.getByRole('link', { name: '看报名，现场签到' }).click();
  await editor.getByRole('heading', { name: '报名名单' }).waitFor();
  await both(editor, 'attendance');
  expect(await editor.locator('body').innerText()).not.toContain('王芳');
  await editor.getByLabel('入场码').fill(codes[0] ?? '');
  await editor.keyboard.press('Enter');
  await editor.getByText('1 号已签到，2 人入场。').waitFor();
  await both(editor, 'attendance-came');
  await editor.getByLabel('入场码').fill(codes[0] ?? '');
  await editor.keyboard.press('Enter');
  await editor.getByText(/已经签到/).waitFor();
  await editor.getByRole('button', { name: '看姓名和电话' }).click();
  await editor.getByLabel('为什么要看').fill('核对身份');
  await consent(editor, '看');
  await editor.getByText('13800000001').waitFor();
  await both(editor, 'attendance-names');
  await editor.getByRole('button', { name: '不看了' }).click();
  await editor.getByText('13800000001').waitFor({ state: 'detached' });
});
