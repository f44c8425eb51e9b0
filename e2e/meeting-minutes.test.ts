/** Minutes in Word become the working copy of a meeting: first a new one, then the agenda that was announced before. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { views } from './browser';
import { saved, tab } from './desk';
import { openOffice, type Office } from './office';
import { wordOf, wordType } from './word';

let office: Office;
let editor: Page;

const minutes = `鸢都市人民政府常务会议纪要
2026年11月5日上午9:00，市长在市政府第一会议室主持召开市十八届人民政府第63次常务会议。现将会议议定事项纪要如下：
一、关于《鸢都市城市供热管理办法（草案）》
会议听取了市住建局的汇报。
会议原则通过《鸢都市城市供热管理办法（草案）》，由市住建局牵头，会同市财政局、市发展改革委根据会议意见修改后印发。供热温度不达标的，当日上门测温，按合同退费。
二、研究困难群众供热补贴
会议同意补贴标准，城镇每户八百元，农村每户四百元，十一月十日前直接发放到户，不用申请。
责任单位：市民政局、市财政局、市热力公司
三、听取冬季安全生产工作情况汇报
会议要求，市应急局组织检查，查出的隐患整改一条、销号一条。
四、会议还研究了其他事项。
出席：市长、副市长
列席：市住建局、市财政局、市民政局、市应急局主要负责同志`;

const hand = (text: string, name = '第63次常务会议纪要.docx') =>
  editor.getByLabel('会议纪要，.docx 文件').setInputFiles({ name, mimeType: wordType, buffer: wordOf(text) });

const dialog = () => editor.getByRole('dialog', { name: '从纪要读出的内容' });

beforeAll(async () => {
  office = await openOffice();
  ({ editor } = office);
});

afterAll(() => office?.close());

describe('minutes in Word', () => {
  test('are shown before they fill anything in', async () => {
    await editor.goto('/console/meetings');
    await editor.getByRole('button', { name: '起草会议' }).first().click();
    await editor.waitForURL(/meetings\/\w{26}$/);
    await tab(editor, '议题');
    await hand(minutes);
    await dialog().getByText('市十八届人民政府第63次常务会议', { exact: true }).waitFor();
    await dialog().getByText('市热力公司').first().waitFor();
    await dialog().getByText('会议还研究了其他事项').waitFor();
    expect(await dialog().getByText(/^新加一项议题$/).count()).toBe(3);
    expect(await dialog().getByRole('checkbox', { name: '救助' }).isChecked()).toBe(true);
    await views(editor, 'minutes-preview');
    expect(await editor.getByLabel('标题', { exact: true }).first().inputValue()).toBe('');
  });

  test('fill in what was left chosen', async () => {
    await dialog().locator('.el-checkbox').filter({ hasText: '第 3 项' }).click();
    await dialog().getByRole('button', { name: '填入这一稿' }).click();
    await editor.getByText(/已填入，议题 2 项/).waitFor();
    await saved(editor);
    expect(await editor.getByLabel('议定事项').count()).toBe(2);
    expect(await editor.getByLabel('议定事项').first().inputValue()).toContain('原则通过');
    await views(editor, 'minutes-filled');
    await editor.reload();
    await tab(editor, '议题');
    expect(await editor.getByLabel('议定事项').nth(1).inputValue()).toContain('城镇每户八百元');
    await editor.getByText('救助', { exact: true }).filter({ visible: true }).first().waitFor();
    await views(editor, 'minutes-topics');
  });

  test('find the items that are there already, and take no decision its place unasked', async () => {
    await hand(minutes.replace('会议同意补贴标准', '会议原则同意补贴标准'));
    await dialog().getByText('换掉议题 2 已有的议定事项').waitFor();
    await dialog().getByText('补进议题 1').waitFor();
    await views(editor, 'minutes-again');
    await dialog().getByRole('button', { name: '填入这一稿' }).click();
    await saved(editor);
    expect(await editor.getByLabel('议定事项').count()).toBe(3);
    expect(await editor.getByLabel('议定事项').nth(1).inputValue()).not.toContain('原则同意');
  });

  test('another file is said to be none', async () => {
    await hand('关于放假的通知\n放假三天。', '通知.docx');
    await dialog().getByText('没有认出议题').waitFor();
    await views(editor, 'minutes-none');
    await dialog().getByRole('button', { name: '不填入' }).click();
  });
});
