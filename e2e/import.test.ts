/** Many documents at once: from a table on an editor's desk to the public, by two pairs of hands. */
import type { Page } from 'playwright-core';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, look, settled } from './browser';
import { openOffice, type Office } from './office';

let office: Office;
let editor: Page;
let reviewer: Page;
let record = ''; // the address of the import

const long = '鸢都市数据局关于进一步做好高校毕业生、退役军人、农民工和城镇困难人员等重点群体公共数据授权运营若干政策措施落实工作的补充通知';
const rows = Array.from({ length: 60 }, (_, n) => [
  n === 0 ? long : `鸢都市公共数据管理办法（第${n + 1}号）`,
  n === 7 ? '' : `鸢数发〔2025〕${n + 1}号`,
  n % 3 === 1 ? '市大数据发展管理局' : '鸢都市数据局',
  '2025-03-01',
  '第一条　为了管好公共数据，制定本办法。',
]);
const table = [
  ['标题（必填）', '发文字号', '发布机构', '发布日期', '正文', '备注'],
  ...rows,
  ['', '鸢数发〔2025〕101号', '鸢都市数据局', '明年三月', ''],
  ['鸢都市数据开放办法', '鸢数发〔2025〕102号', '鸢都市数据局', '2025年13月40日', '第一条　开放数据。'],
  rows[1],
  ['鸢都市算力管理办法', '算力办法', '鸢都市数据局', '2029-01-01', '第一条　管理算力。'],
]
  .map((r) => (r ?? []).join(','))
  .join('\n');

const hand = (page: Page, name: string, content: string) =>
  page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });

beforeAll(async () => {
  office = await openOffice();
  ({ editor, reviewer } = office);
});

afterAll(() => office?.close());

describe('many documents at once', () => {
  test('an editor who has brought in nothing yet is told what for', async () => {
    await editor.goto('/console/');
    await editor.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '批量导入' }).click();
    await editor.getByText('还没有导入过').waitFor();
    await both(editor, 'import-none');
  });

  test('what is no table is refused in words', async () => {
    await editor.goto('/console/imports/new');
    await both(editor, 'import-new');
    await editor.getByRole('button', { name: '开始检查' }).click();
    await editor.getByText('请选一个文件。').waitFor();
    await editor.getByRole('combobox', { name: '草稿归哪个部门' }).press('Enter');
    await editor.getByRole('option', { name: '鸢都市数据局' }).first().click();
    await hand(editor, '说明.csv', '%PDF-1.7');
    await editor.getByRole('button', { name: '开始检查' }).click();
    await editor.getByText('这个文件不是表格').waitFor();
    await both(editor, 'import-refused');
    await hand(editor, '没有列名.csv', '甲,乙\n丙,丁\n');
    await editor.getByRole('button', { name: '开始检查' }).click();
    await editor.getByText('没有找到列名').waitFor();
    await both(editor, 'import-failed');
  });

  test('a table is looked through, row by row, and nothing is made', async () => {
    await editor.goto('/console/imports/new');
    await editor.getByRole('combobox', { name: '草稿归哪个部门' }).press('Enter');
    await editor.getByRole('option', { name: '鸢都市数据局' }).first().click();
    await hand(editor, '鸢都市数据局2025年政策文件汇总表（公开征求意见后修改稿）.csv', table);
    await both(editor, 'import-chosen');
    await editor.getByRole('button', { name: '开始检查' }).click();
    await editor.getByRole('button', { name: /生成 61 份草稿/ }).waitFor();
    record = editor.url();
    await both(editor, 'import-checked');
    for (const tab of ['有疑问', '已有', '有误']) {
      await editor.getByRole('button', { name: new RegExp(`^${tab}`) }).click();
      await settled(editor);
      await both(editor, `import-rows-${tab}`);
    }
    expect(await editor.locator('main').innerText()).toContain('“明年三月”不是日期');
    const [sheet] = await Promise.all([editor.waitForEvent('download'), editor.getByText('下载待改正的行').click()]);
    expect(sheet.suggestedFilename()).toContain('待改正.xlsx');
    expect((await readFile(await sheet.path())).subarray(0, 2).toString()).toBe('PK');
  });

  test('confirmed, its rows become drafts', async () => {
    await editor.getByLabel('不配解读的理由').fill('以前发布的文件');
    await editor.getByRole('button', { name: /生成 61 份草稿/ }).click();
    await editor.getByText('生成草稿吗？').waitFor();
    await look(editor, 'import-confirm');
    await editor.getByRole('dialog').getByRole('button', { name: /生成 61 份草稿/ }).click();
    await editor.getByText('整批办理').waitFor();
    await both(editor, 'import-made');
    await editor.getByRole('link', { name: '看其中的政策文件' }).click();
    await editor.getByText('只看这次批量导入的').waitFor();
    await both(editor, 'import-drafts');
    await editor.goBack();
  });

  test('what the checks find stays behind, until a reason is given for all of one sort', async () => {
    await editor.getByRole('button', { name: '全部送审' }).click();
    await look(editor, 'import-submit');
    await editor.getByRole('button', { name: '送审', exact: true }).click();
    await editor.getByText('没办成的原因').waitFor();
    await both(editor, 'import-left');
    await editor.getByRole('link', { name: '看是哪些' }).click();
    await both(editor, 'import-left-rows');
    await editor.getByRole('button', { name: '全部送审' }).click();
    await editor.getByLabel(/没有文号/).fill('便函，没有文号');
    await editor.getByLabel(/文号不像/).fill('历史文件，文号如此');
    await look(editor, 'import-excuse');
    await editor.getByRole('button', { name: '送审', exact: true }).click();
    await editor.getByText('办成 2 份，全部办成').waitFor();
    await both(editor, 'import-submitted');
  });

  test('a reviewer signs once for all of them', async () => {
    await reviewer.goto(record);
    await reviewer.getByRole('button', { name: '全部签发' }).click();
    await both(reviewer, 'import-sign');
    await reviewer.locator('.el-checkbox__label').filter({ hasText: '我已对这一批作保密审查' }).click();
    await reviewer.getByLabel('为什么').fill('补充公开以前的文件');
    await reviewer.getByRole('button', { name: /签发 61 份/ }).click();
    await reviewer.getByText('办成 61 份，全部办成').waitFor();
    await both(reviewer, 'import-signed');
    await reviewer.goto('/console/imports');
    await both(reviewer, 'import-list');
    await expect
      .poll(async () => (await (await fetch(`${office.house.address}/api/v1/policies?q=${encodeURIComponent('公共数据管理办法')}`)).json()).total)
      .toBe(59);
  });
});
