/** One meeting on its way: what it will deal with, what it decided, what is not public, and what is still owed. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, consent } from './browser';
import { fillSignature, saved, sign, submit, tab } from './desk';
import { openOffice, type Office } from './office';

let office: Office;
let editor: Page;
let reviewer: Page;
let reader: Page;
let desk = '';
let id = '';

const title = '十八届市政府第63次常务会议';
const today = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date());
const item = (page: Page, n: number) => page.locator('li.ordered.titled').nth(n);
const read = async () => (await reader.request.get(`/api/v1/meetings/${id}`)).text();

async function choose(field: ReturnType<Page['getByRole']>, option: string): Promise<void> {
  await field.press('Enter');
  await field.page().getByRole('option', { name: option }).filter({ visible: true }).first().click();
}

beforeAll(async () => {
  office = await openOffice();
  ({ editor, reviewer, reader } = office);
});

afterAll(() => office?.close());

describe('one meeting', () => {
  test('an administrator adds a column for it', async () => {
    const page = office.administrator;
    await page.goto('/console/meeting-columns');
    await page.getByRole('button', { name: '加一个栏目' }).click();
    await page.getByLabel('名称').fill('防汛抗旱');
    await page.getByRole('button', { name: '保存', exact: true }).click();
    await page.getByText('栏目保存了').first().waitFor();
    await page.getByText('防汛抗旱').first().waitFor();
    await both(page, 'meeting-columns');
  });

  test('an editor writes what it deals with, and what of it must stay inside', async () => {
    await editor.goto('/console/meetings');
    await both(editor, 'meetings-empty');
    await editor.getByRole('button', { name: '起草会议' }).click();
    await editor.waitForURL(/meetings\/\w{26}$/);
    desk = new URL(editor.url()).pathname;
    id = desk.split('/').at(-1) ?? '';
    await editor.getByLabel('标题', { exact: true }).first().fill(title);
    await tab(editor, '会议信息');
    await choose(editor.getByRole('combobox', { name: '栏目' }), '市政府常务会议');
    await editor.getByLabel('哪天开会').first().fill(today);
    await editor.keyboard.press('Enter');
    await editor.getByLabel('第几届').fill('十八届');
    await editor.getByLabel('第几次').fill('63');
    await editor.getByLabel('几点开始').fill('09:00');
    await editor.getByLabel('主持人').fill('市长');
    await both(editor, 'meeting-info');
    await tab(editor, '议题');
    for (const [n, name] of ['审议《鸢都市供热管理办法（草案）》', '研究冬季供暖保障工作', '研究海防设施选址事宜'].entries()) {
      await editor.getByRole('button', { name: '加一项议题' }).click();
      await item(editor, n).getByLabel('议题', { exact: true }).fill(name);
    }
    await item(editor, 0).getByLabel('议定事项').fill('会议原则通过，由市住建局修改后按程序印发。');
    await item(editor, 0).getByRole('button', { name: '写内容，加附件或视频' }).click();
    await item(editor, 0).locator('.ProseMirror').click();
    await editor.keyboard.type('会议指出，供热是民生大事。');
    await item(editor, 2).getByText('依法不公开').click();
    await item(editor, 2).getByLabel('法律依据').fill('政府信息公开条例第十六条');
    await saved(editor);
    await both(editor, 'meeting-agenda');
  });

  test('what is written is there again for who comes back', async () => {
    await editor.reload();
    await tab(editor, '议题');
    await item(editor, 0).getByRole('button', { name: '展开内容 1 段' }).click();
    await item(editor, 0).getByText('供热是民生大事').waitFor();
    await item(editor, 2).getByText('法律依据').first().waitFor();
  });

  test('it is reviewed and signed, and everybody reads it but for what stays inside', async () => {
    await editor.getByText('这项议题还没有议定事项').first().waitFor();
    await editor.getByRole('button', { name: /可以保留/ }).first().click();
    await editor.getByLabel('为什么可以保留').fill('会后另行补充');
    await editor.getByRole('button', { name: '保留', exact: true }).click();
    await both(editor, 'meeting-excuse');
    await submit(editor, desk);
    await reviewer.goto(`${desk}/review`);
    await fillSignature(reviewer, '不告诉', '本市例行公开');
    await both(reviewer, 'meeting-sign');
    await sign(reviewer);
    const told = await read();
    expect(told).toContain('供热是民生大事');
    expect(told).toContain('政府信息公开条例第十六条');
    expect(told).not.toContain('海防');
  });

  test('what is not decided yet stands among what is owed, until it is corrected', async () => {
    await editor.goto('/console/meetings/disclosures');
    await editor.getByText('3 项中 1 项').waitFor();
    await both(editor, 'meeting-owed');
    await editor.getByText(title).first().click();
    await editor.getByRole('button', { name: '更正' }).first().click();
    await consent(editor, '开始');
    await editor.getByText('更正稿').first().waitFor();
    await tab(editor, '议题');
    await item(editor, 1).getByLabel('议定事项').fill('会议决定今年提前三天供暖。');
    await saved(editor);
    await submit(editor, desk);
    await reviewer.goto(`${desk}/review`);
    await fillSignature(reviewer, '不告诉', '补充议定事项');
    await reviewer.getByLabel('更正说明').fill('补充第二项议定事项');
    await sign(reviewer);
    expect(await read()).toContain('提前三天供暖');
    await editor.goto('/console/meetings/disclosures');
    await editor.getByText('没有待公开的会议').waitFor();
  });
});
