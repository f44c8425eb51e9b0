/** An issue of the gazette: dragged in, read page by page, mended on its pages, signed, and read by everybody. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, consent, settled } from './browser';
import { fillSignature, saved, sign, submit, tab } from './desk';
import { openOffice, type Office } from './office';

const data = fileURLToPath(new URL('../../shared/data/', import.meta.url));
const there = existsSync(`${data}pdf/official_xianfa_23p.pdf`);
if (!there) console.log('SKIPPED: no real data at ../shared/data');

let office: Office;
let editor: Page;
let reviewer: Page;
let reader: Page;
let desk = '';

interface Piece { title: string; doc_number: string; policy?: { name: string } }
interface Issue { id: string; pieces: Piece[] }

const file = (path: string, name = path.split('/').at(-1) ?? '') =>
  ({ name, mimeType: 'application/pdf', buffer: readFileSync(data + path) });
const row = (name: string) => editor.getByRole('row').filter({ hasText: name });
const piece = (n: number) => editor.locator('.piece').nth(n);
/** Looks for the policy that was printed, and takes the first that is found. */
async function link(opened: ReturnType<Page['locator']>): Promise<void> {
  await opened.getByRole('combobox', { name: '按文号或标题找' }).pressSequentially('长期护理保险');
  await editor.getByRole('option', { name: '鸢都市长期护理保险实施办法' }).first().click();
  await opened.getByText('已确认').waitFor();
  await opened.getByRole('link', { name: '鸢都市长期护理保险实施办法' }).waitFor();
}
const borders = () => editor.getByRole('group', { name: '第' }).getByRole('slider');

/** The issue of a place as everybody reads it. */
async function read(year: number, number: number): Promise<Issue> {
  const found = await reader.request.get(`/api/v1/gazettes/place?year=${year}&number=${number}`);
  expect(found.status(), await found.text()).toBe(200);
  const { issue } = (await found.json()) as { issue: { id: string } };
  return (await (await reader.request.get(`/api/v1/gazettes/${issue.id}`)).json()) as Issue;
}

beforeAll(async () => {
  if (!there) return;
  office = await openOffice();
  ({ editor, reviewer, reader } = office);
});

afterAll(() => office?.close());

describe.skipIf(!there)('an issue of the gazette', () => {
  test('is brought in by somebody who is told what is no issue', async () => {
    await editor.goto('/console/');
    await editor.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '公报导入' }).click();
    await editor.getByText('还没有交来过原件').waitFor();
    await both(editor, 'gazette-imports-none');
    const picker = editor.getByLabel('原件', { exact: true });
    const issue = file('pdf/official_xianfa_23p.pdf', '鸢都市人民政府公报2019年第2期.pdf');
    await picker.setInputFiles([issue, file('hostile/enc_user.pdf'), { name: '说明.docx', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
    await editor.getByText('没有收：说明.docx').waitFor();
    await editor.getByLabel('enc_user.pdf 是哪一年').fill('2019');
    await editor.getByRole('button', { name: '上传 2 件' }).click();
    await editor.getByText('年份和期号要么都写，要么都空着').waitFor();
    await editor.getByLabel('enc_user.pdf 是第几期').fill('3');
    await both(editor, 'gazette-chosen');
    await editor.getByRole('combobox', { name: '草稿归哪个部门' }).press('Enter');
    await editor.getByRole('option', { name: '鸢都市数据局' }).first().click();
    await editor.getByRole('button', { name: '上传 2 件' }).click();
    await row('enc_user.pdf').getByText('文件设了打开密码').waitFor();
    await row('2019年第2期').getByRole('link', { name: '去核对' }).waitFor({ timeout: 120_000 });
    await both(editor, 'gazette-imports');
  });

  test('is read from its file, and shown page by page', async () => {
    await editor.reload();
    await row('2019年第2期').getByRole('link', { name: '去核对' }).click();
    await editor.waitForURL(/gazettes\/\w{26}$/);
    desk = new URL(editor.url()).pathname;
    await editor.getByRole('img', { name: '第 1 页的图' }).waitFor();
    await both(editor, 'gazette-desk');
    await editor.getByLabel('第几页', { exact: true }).fill('5');
    await editor.keyboard.press('Enter');
    await editor.getByRole('img', { name: '第 5 页的图' }).waitFor();
    await tab(editor, '文字');
    await editor.getByText('第 5 页的文字').waitFor();
    await both(editor, 'gazette-text');
    await tab(editor, '提示');
    await both(editor, 'gazette-notes');
    await tab(editor, '目录');
    await both(editor, 'gazette-contents');
  });

  test('has its pieces parted and their borders drawn on the page', async () => {
    await tab(editor, '篇目');
    const before = await editor.locator('.piece').count();
    await editor.getByRole('button', { name: '从这里起新一篇' }).click();
    await editor.keyboard.press('ArrowDown');
    await editor.keyboard.press('Enter');
    await expect.poll(() => editor.locator('.piece').count()).toBe(before + 1);
    const opened = editor.locator('.piece', { has: editor.locator('button[aria-expanded=true]') });
    await opened.getByRole('textbox', { name: '标题' }).fill('关于新的一篇的通知');
    await opened.getByRole('textbox', { name: '文号' }).fill('鸢政发〔2019〕7号');
    const line = borders().first();
    const at = Number(await line.getAttribute('aria-valuenow'));
    const place = await line.boundingBox();
    if (!place) throw new Error('no border on the page');
    await editor.mouse.move(place.x + 80, place.y + place.height / 2);
    await editor.mouse.down();
    await editor.mouse.move(place.x + 80, place.y + place.height / 2 + 120, { steps: 6 });
    await editor.mouse.up();
    await expect.poll(async () => Number(await borders().first().getAttribute('aria-valuenow'))).toBeGreaterThan(at + 5);
    await both(editor, 'gazette-borders');
    await link(opened);
    const drawn = Number(await borders().first().getAttribute('aria-valuenow'));
    await borders().first().press('ArrowUp');
    await expect.poll(async () => Number(await borders().first().getAttribute('aria-valuenow'))).toBeLessThan(drawn);
    await saved(editor);
  });

  test('gets back a piece that somebody has taken out', async () => {
    const many = await editor.locator('.piece').count();
    const last = piece(many - 1);
    if (!(await last.getByRole('button', { name: '删去这一篇' }).count())) await last.getByRole('button').first().click();
    await last.getByRole('button', { name: '删去这一篇' }).click();
    await expect.poll(() => editor.locator('.piece').count()).toBe(many - 1);
    await editor.locator('.el-message').getByRole('button', { name: '撤销' }).click();
    await expect.poll(() => editor.locator('.piece').count()).toBe(many);
    await saved(editor);
  });

  test('has its number and day mended, is signed, and is read by everybody', async () => {
    await tab(editor, '基本信息');
    await editor.getByLabel('第几期').fill('5');
    await editor.getByLabel('出版日期').first().fill('2019-05-15');
    await editor.keyboard.press('Enter');
    await editor.getByRole('button', { name: '下一页' }).click();
    await editor.getByRole('button', { name: '用正在看的第' }).click();
    await both(editor, 'gazette-info');
    await saved(editor);
    await submit(editor, desk);
    await reviewer.goto(`${desk}/review`);
    await both(reviewer, 'gazette-review');
    await fillSignature(reviewer, '不告诉', '补录历史公报');
    await sign(reviewer);
    const issue = await read(2019, 5);
    expect(issue.pieces.map((p) => [p.doc_number, p.policy?.name])).toContainEqual(['鸢政发〔2019〕7号', '鸢都市长期护理保险实施办法']);
    await settled(reviewer);
    await both(reviewer, 'gazette-signed');
  });

  test('shows which issues of its year are missing, until somebody says why', async () => {
    const page = office.administrator;
    await page.goto('/console/gazettes/years');
    await page.getByText('缺 4 期，没有说明').waitFor();
    await both(page, 'gazette-years');
    await page.getByRole('button', { name: '2019 年第 1 期' }).click();
    await page.getByRole('dialog').getByLabel('说明为什么缺').fill('缺');
    await consent(page, '保存');
    await page.getByText('要写 2 到 200 字').waitFor();
    await page.getByRole('dialog').getByLabel('说明为什么缺').fill('当月没有出版');
    await both(page, 'gazette-gap');
    await consent(page, '保存');
    await page.getByText('缺 3 期，没有说明').waitFor();
    await page.getByRole('button', { name: '改期数：2019 年' }).click();
    await page.getByLabel('应有几期').fill('6');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('应有 6 期').waitFor();
    await page.getByText('缺 4 期，没有说明').waitFor();
    expect(await (await reader.request.get('/api/v1/gazettes')).text()).toContain('当月没有出版');
  });

  test('gets another file from its desk, and keeps what was mended', async () => {
    await editor.goto(desk);
    await editor.getByRole('button', { name: '更正' }).first().click();
    await consent(editor, '开始');
    await editor.getByText('更正稿').first().waitFor();
    await tab(editor, '基本信息');
    await editor.getByLabel('选择新的原件').setInputFiles(file('hostile/notpdf.pdf'));
    await editor.getByRole('alert').getByText('PDF').first().waitFor();
    await both(editor, 'gazette-refused');
    await editor.getByLabel('选择新的原件').setInputFiles(file('pdf/official_yangpu_annex_1p.pdf'));
    await editor.getByText('原件换好了').waitFor({ timeout: 60_000 });
    await editor.getByText('official_yangpu_annex_1p.pdf').first().waitFor();
    expect(await editor.getByLabel('第几期').inputValue()).toBe('5');
    await both(editor, 'gazette-replaced');
  });
});
