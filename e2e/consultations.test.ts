/** A draft that everybody may speak to: what residents see and say on the phone, what the office makes of it. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { both, barriers } from './browser';
import { saved, tab } from './desk';
import { offices } from './meetings';
import { openOffice, type Office } from './office';
import { wordOf, wordType } from './word';
import { arrived, look, signInAs, takePhone } from './phone';

let office: Office;
let editor: Page;
let page: Page;
let id = '';
const title = '鸢都市停车管理办法（征求意见稿）';
const day = (from: number) => new Date(Date.now() + 8 * 3600_000 + from * 86_400_000).toISOString().slice(0, 10);
const lines = (...texts: string[]) => texts.map((text) => ({ kind: 'text', text }));

interface Draft { id: string; version: number }

async function ask<T>(who: Page, method: 'get' | 'post' | 'put', path: string, data?: object, draft?: Draft): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': randomUUID() };
  if (draft) headers['If-Match'] = `"${draft.version}"`;
  const answer = await who.request[method](`/admin/v1/consultations${path}`, { ...(data && { data }), headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as T;
}

beforeAll(async () => {
  office = await openOffice();
  ({ editor } = office);
  const all = await offices(office);
  const own = all.get('鸢都市数据局') ?? '';
  const content = {
    title, sort: '规章草案', department_ids: [own], topic_ids: ['transport'], opens: day(0), closes: day(29), open: true,
    note: lines('为了规范停车秩序，起草了本办法。'), usage: '逐条研究，在本页公布采纳情况。', contact: { phone: '0536-8000000' },
    body: lines('第一条 为了规范停车秩序，制定本办法。', '第二条 道路停车泊位前三十分钟免费。', '第三条 居住小区周边道路夜间可以临时停车。'),
    questions: [{ kind: 'one', text: '您停车最难的是哪里？', options: ['家门口', '单位', '医院'], required: true }],
  };
  const begun = await ask<Draft>(editor, 'post', '', { department_id: own, content });
  const sent = await ask<Draft>(editor, 'post', `/${begun.id}/submit`, { excuses: [] }, begun);
  await ask(office.reviewer, 'post', `/${begun.id}/sign`, { no_secret: true, attribute: 'open', tell: true, why: '征求意见' }, sent);
  id = begun.id;
  ({ page } = await takePhone(office.browser, office.house.address));
});

afterAll(() => office?.close());

test('互动 leads to what is being consulted on, and what became of the rest', async () => {
  await page.goto('/m/pages/talk/talk');
  await arrived(page);
  await look(page, 'consultation-door');
  await page.getByRole('link', { name: /意见征集/ }).click();
  await page.getByText(title).waitFor();
  await look(page, 'consultations');
  await page.getByRole('radio', { name: '已公布采纳' }).click();
  await page.getByText('鸢都市物业管理办法').waitFor();
  await expect.poll(() => page.getByText(title).count()).toBe(0);
  await page.getByRole('radio', { name: '待公布采纳' }).click();
  await page.getByText('采纳情况尚未公布，已 12 天').waitFor();
  await look(page, 'consultations-late');
});

test('a report tells what became of 200 opinions, and what changed because of them', async () => {
  await page.getByRole('radio', { name: '已公布采纳' }).click();
  await page.getByRole('link', { name: /物业管理办法/ }).click();
  await page.getByRole('region', { name: '采纳情况' }).waitFor();
  await page.getByText(/提出意见 200 条/).waitFor();
  await look(page, 'consultation-adopted');
  await page.getByRole('link', { name: '改了什么，由哪些意见而来' }).click();
  await page.getByText('五个工作日内').first().waitFor();
  await page.getByText('规定电梯维修资金的办理时限').first().waitFor();
  await look(page, 'consultation-changes');
  expect(await page.locator('body').innerText()).not.toContain('不赞成调整');
  await page.goBack();
  await page.getByRole('region', { name: '大家的意见' }).getByText('全部', { exact: false }).first().click();
  await page.getByText('支持 38').first().waitFor();
  await look(page, 'consultation-voices');
});

test('a resident speaks to an article, and finds it kept, also without a network', async () => {
  await page.goto(`/m/packages/consultation/consultation?id=${id}`);
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  await look(page, 'consultation-open');
  await page.getByRole('button', { name: '提意见 第二条' }).scrollIntoViewIfNeeded();
  await look(page, 'consultation-articles');
  await page.getByRole('button', { name: '提意见 第二条' }).click();
  await signInAs(page, '王芳');
  await page.getByText('前三十分钟免费').waitFor();
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByText('请选您的态度').waitFor();
  await page.getByRole('radio', { name: '建议修改' }).click();
  await page.getByRole('textbox', { name: '您的意见' }).fill('三十分钟不够去趟医院，建议延长到一小时。');
  await look(page, 'opinion-form');
  await page.context().setOffline(true);
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByText('您写的还在').waitFor();
  await page.context().setOffline(false);
  await page.getByRole('button', { name: '提交意见' }).click();
  await page.getByText('收到了您的意见').waitFor();
  await look(page, 'opinion-sent');
  await page.goto('/m/packages/consultation/mine');
  await page.getByText('建议延长到一小时').waitFor();
  await page.getByText('等人看过再公开').waitFor();
  await look(page, 'opinions-mine');
});

test('what is said face to face stands with the draft, and leads back to it', async () => {
  const { page: elder } = await takePhone(office.browser, office.house.address, { elder: true });
  for (const [name, on] of [['', page], ['-elder', elder]] as const) {
    await on.goto('/m/packages/consultation/consultations');
    await on.getByRole('link', { name: /电动自行车停放充电/ }).click();
    const events = on.getByRole('region', { name: '当面说' });
    await events.getByText('居民座谈会').waitFor();
    await look(on, `consultation-top${name}`);
    await events.scrollIntoViewIfNeeded();
    await look(on, `consultation-events${name}`);
    await events.getByRole('link', { name: /居民座谈会/ }).click();
    await on.getByRole('heading', { level: 1, name: /充电棚/ }).waitFor();
    await on.getByRole('region', { name: '来龙去脉' }).getByText('正在看').waitFor();
    await look(on, `event-of-consultation${name}`);
    await on.getByRole('link', { name: /为这次意见征集举行/ }).click();
    await on.getByRole('heading', { level: 1, name: /电动自行车停放充电/ }).waitFor();
  }
  await elder.context().close();
});

test('questions are answered with a tap each', async () => {
  await page.goto(`/m/packages/consultation/survey?id=${id}`);
  await page.getByRole('button', { name: '提交问卷' }).click();
  await page.getByText('请回答：您停车最难的是哪里？').waitFor();
  await page.getByRole('radio', { name: '医院' }).click();
  await look(page, 'survey');
  await page.getByRole('button', { name: '提交问卷' }).click();
  await page.getByText('收到了。结束以前还可以改。').waitFor();
});

test('for who wants it large, nothing is cut off', async () => {
  const { page: elder } = await takePhone(office.browser, office.house.address, { elder: true });
  for (const [name, path] of [['consultations', 'consultations'], ['consultation', `consultation?id=${id}`]] as const) {
    await elder.goto(`/m/packages/consultation/${path}`);
    await elder.getByText(title).first().waitFor();
    await look(elder, `elder-${name}`);
    expect(await barriers(elder)).toEqual([]);
  }
  await elder.context().close();
});

test('the office looks at what was said, and lets everybody read it', async () => {
  await editor.goto(`/console/consultations/${id}/opinions`);
  await editor.getByText('建议延长到一小时').waitFor();
  await both(editor, 'opinions-waiting');
  await editor.getByRole('button', { name: '看过' }).click();
  await both(editor, 'opinion-look');
  await editor.getByRole('button', { name: '公开', exact: true }).click();
  await editor.getByText('公开了', { exact: true }).first().waitFor();
  await page.goto(`/m/packages/consultation/opinions?id=${id}`);
  await page.getByText('建议延长到一小时').waitFor();
});

test('puts opinions that say the same together, and answers them once', async () => {
  for (const [who, text] of [['李建国', '三十分钟不够去趟医院看病，建议延长到一小时吧'], ['高远', '不收费最好']] as const) {
    const { page: other } = await takePhone(office.browser, office.house.address);
    await other.goto('/m/packages/account/signin');
    await signInAs(other, who);
    const clauses = (await (await other.request.get(`/api/v1/consultations/${id}`)).json()) as { clauses: { id: string; label: string }[] };
    const second = clauses.clauses.find((c) => c.label === '第二条')?.id ?? '';
    await other.goto(`/m/packages/consultation/opinion?id=${id}&clause=${second}`);
    await other.getByRole('radio', { name: '建议修改' }).click();
    await other.getByRole('textbox', { name: '您的意见' }).fill(text);
    await other.getByRole('button', { name: '提交意见' }).click();
    await other.getByText('收到了您的意见').waitFor();
    await other.context().close();
  }
  await editor.goto(`/console/consultations/${id}/opinions?tab=groups`);
  await editor.getByText('可以归在一起的').waitFor();
  await both(editor, 'opinion-groups');
  await editor.getByRole('button', { name: '归在一起' }).click();
  await editor.getByLabel('这些意见说了什么').fill('延长道路停车的免费时间');
  await editor.getByRole('dialog').getByRole('button', { name: '归在一起' }).click();
  await editor.getByText('延长道路停车的免费时间').waitFor();
  await editor.getByRole('button', { name: '答复' }).first().click();
  await editor.getByText('部分采纳', { exact: true }).click();
  await editor.getByLabel('理由').fill('医院周边延长到一小时，其他路段不变。');
  await both(editor, 'opinion-answer');
  await editor.getByRole('button', { name: '保存', exact: true }).click();
  await editor.getByText('医院周边延长到一小时').first().waitFor();
  await editor.goto(`/console/consultations/${id}/opinions?open=true`);
  await editor.getByText('没有答复 1 条').waitFor();
  await editor.getByText('不收费最好').waitFor();
});

test('the report writes itself from the answers', async () => {
  const at = `/console/consultations/${id}`;
  await editor.goto(at);
  await editor.getByRole('button', { name: '更正' }).first().click();
  await editor.getByRole('dialog').getByRole('button', { name: '开始' }).click();
  await tab(editor, '征集信息');
  await both(editor, 'consultation-info');
  await tab(editor, '采纳情况');
  await editor.getByRole('button', { name: '由答复写成采纳情况' }).click();
  await editor.getByText('延长道路停车的免费时间').first().waitFor();
  await editor.getByRole('button', { name: '从征求意见稿开始改' }).click();
  await editor.getByText('前三十分钟免费').filter({ visible: true }).first().waitFor();
  await saved(editor);
  await both(editor, 'consultation-report');
});

test('what is over and not reported is asked for', async () => {
  await office.administrator.goto('/console/');
  await editor.goto('/console/consultations/owed');
  await editor.getByRole('heading', { name: '要办的意见' }).waitFor();
  await both(editor, 'consultations-owed');
});

test('a draft in Word is proposed its topics, and somebody chooses', async () => {
  await editor.goto('/console/consultations');
  await editor.getByRole('button', { name: '起草意见征集' }).first().click();
  await editor.waitForURL(/consultations\/\w{26}$/);
  const text = '鸢都市住房公积金提取办法（征求意见稿）\n第一条 为了支持缴存职工租房和购房，制定本办法。';
  const file = { name: '征求意见稿.docx', mimeType: wordType, buffer: wordOf(text) };
  await editor.locator('input[type=file][accept*=".docx"]').first().setInputFiles(file);
  await editor.getByText('为了支持缴存职工').first().waitFor();
  await tab(editor, '征集信息');
  const chosen = editor.getByRole('checkbox', { name: '住房' });
  expect(await chosen.isChecked()).toBe(false);
  await both(editor, 'consultation-topics-proposed');
  await editor.getByRole('button', { name: '采用专题 住房' }).click();
  await expect.poll(() => chosen.isChecked()).toBe(true);
  await saved(editor);
});
