/** One document from an editor's desk to the public and back, by two pairs of hands, and its readers. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asReaders, both, consent, look } from './browser';
import { fillSignature, saved, sign, submit, tab } from './desk';
import { openOffice, type Office } from './office';

let office: Office;
let editor: Page;
let reviewer: Page;
let reader: Page;
let desk = ''; // the address of the policy in the console
let id = '';

const title = '鸢都市人民政府办公室关于印发《鸢都市既有住宅加装电梯和适老化改造财政补助资金管理办法（2026年修订）》的通知';
const number = '鸢政办发〔2026〕88号';

/** What WPS puts on the clipboard for a table: merged cells, fonts, and empty paragraphs around it. */
const table = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body><!--StartFragment-->
<p class="MsoNormal"><span style="font-family:仿宋">第三条　补助标准如下：</span><o:p></o:p></p>
<table border="1" style="border-collapse:collapse"><tr><td rowspan="2"><b>楼型</b></td><td colspan="2">补助（万元）</td></tr>
<tr><td>4至6层</td><td>7层以上</td></tr><tr><td><p>多层住宅</p><p></p></td><td><span style="color:red">20</span></td><td>25</td></tr></table>
<p class="MsoNormal"><span>&nbsp;</span></p><!--EndFragment--></body></html>`;

const pdf = Buffer.from('%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n' +
  '3 0 obj\n<</Type /Page /Parent 2 0 R>>\nendobj\ntrailer\n<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n');

const paste = (page: Page, html: string) =>
  page.locator('.paper').evaluate((paper, html) => {
    const held = new DataTransfer();
    held.setData('text/html', html);
    held.setData('text/plain', '');
    (paper.matches('.ProseMirror') ? paper : (paper.querySelector('.ProseMirror') ?? paper)).dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: held, bubbles: true, cancelable: true }),
    );
  }, html);

beforeAll(async () => {
  office = await openOffice();
  ({ editor, reviewer, reader } = office);
});

afterAll(() => office?.close());

describe('one document', () => {
  test('an editor brings in a Word document and pastes a table of WPS', async () => {
    const listed = await (await reader.request.get('/api/v1/policies?limit=1')).json();
    const word = await (await reader.request.get(`/policies/${listed.items[0].id}/word`)).body();
    await editor.goto('/console/');
    await both(editor, 'home');
    await editor.goto('/console/policies');
    await both(editor, 'list');
    await editor.getByRole('button', { name: '起草文件' }).click();
    await editor.waitForURL(/policies\/\w{26}$/);
    desk = new URL(editor.url()).pathname;
    id = desk.split('/').at(-1) ?? '';
    await editor.locator('input[type=file][accept*="docx"]').first().setInputFiles({
      name: '补助办法.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: word,
    });
    await editor.getByText(/已导入/).first().waitFor();
    await editor.getByLabel('标题', { exact: true }).first().fill(title);
    await editor.locator('.paper').click();
    await editor.keyboard.press('Control+End');
    await editor.keyboard.press('Enter');
    await paste(editor, table);
    await editor.getByRole('cell', { name: '多层住宅' }).or(editor.locator('td', { hasText: '多层住宅' })).first().waitFor();
    expect(await editor.locator('.paper').innerHTML()).not.toMatch(/MsoNormal|仿宋|color:\s*red/);
    await saved(editor);
    await both(editor, 'editor');
  });

  test('what the checks find is shown in its place and mended', async () => {
    await editor.locator('.paper').click();
    await editor.keyboard.press('Control+Home');
    await editor.keyboard.type('联系人身份证号11010119900307851');
    await editor.keyboard.type('5。');
    await editor.getByText('像是身份证号码').first().waitFor();
    await both(editor, 'findings');
    await editor.keyboard.press('Home');
    await editor.keyboard.press('Shift+End');
    await editor.keyboard.press('Delete');
    await editor.getByText('像是身份证号码').first().waitFor({ state: 'detached' });
    const inside = editor.locator('.paper p', { hasText: '永久网址' }); // of the house that the Word document came from
    await inside.click({ clickCount: 3 });
    await editor.keyboard.press('Delete');
    await editor.getByText('只在单位内部能打开').first().waitFor({ state: 'detached' });
  });

  test('the editor names it, attaches a file, and sees it as a phone will', async () => {
    await tab(editor, '文件信息');
    await editor.getByLabel('文号').first().fill(number);
    await editor.getByLabel('成文日期').fill('2026年11月20日');
    await editor.keyboard.press('Enter');
    if (!(await editor.getByText('鸢都市数据局').filter({ visible: true }).count())) {
      await editor.getByRole('combobox', { name: '添加机关' }).press('Enter');
      await editor.getByRole('option', { name: '鸢都市数据局' }).filter({ visible: true }).first().click();
    }
    await editor.getByLabel('不配解读的理由').fill('附件为补助标准，内容清楚');
    await saved(editor);
    await both(editor, 'information');
    await tab(editor, '附件');
    await editor.locator('input[type=file]').last().setInputFiles({ name: '补助申请表.pdf', mimeType: 'application/pdf', buffer: pdf });
    await editor.getByText('1 页').waitFor();
    await saved(editor);
    await both(editor, 'attachments');
    await editor.getByRole('button', { name: '手机预览' }).click();
    await editor.frameLocator('iframe').getByText('还没有公开').waitFor();
    await look(editor, 'preview');
    await editor.keyboard.press('Escape');
  });

  test('it is handed to review, and somebody else signs it', async () => {
    await submit(editor, desk);
    await reviewer.goto('/console/');
    await reviewer.getByText('等您审核的政策文件').click();
    await reviewer.getByRole('link', { name: title }).click();
    await reviewer.goto(`${desk}/review`);
    await reviewer.getByRole('heading', { name: /^审核/ }).waitFor();
    await both(reviewer, 'review');
    await fillSignature(reviewer, '告诉', '新的补助标准，影响办事');
    await sign(reviewer);
    await reviewer.getByText('已签发，居民现在能看到了').first().waitFor();
  });

  test('residents find it and read it, in large type too', async () => {
    const first = async () => (await (await reader.request.get(`/api/v1/policies?q=${encodeURIComponent(number)}`)).json()).items[0]?.id;
    await expect.poll(first, { timeout: 10_000 }).toBe(id);
    await asReaders(reader, `/policies?q=${encodeURIComponent('适老化改造 补助')}`, 'found');
    await asReaders(reader, `/policies/${id}`, 'policy');
    await reader.getByRole('link', { name: '补助申请表.pdf' }).waitFor();
    await asReaders(reader, '/proof', 'check');
    await reader.locator('input[type=file]').setInputFiles({ name: '补助申请表.pdf', mimeType: 'application/pdf', buffer: pdf });
    await reader.getByRole('button', { name: '核验这个文件' }).click();
    await reader.getByText('内容一致').waitFor();
    await look(reader, 'checked');
  });

  test('a figure is corrected, and everybody sees what changed', async () => {
    await editor.goto(desk);
    await editor.getByRole('button', { name: '更正' }).click();
    await consent(editor, '开始');
    const cell = editor.locator('.paper td', { hasText: /^20$/ });
    await cell.click();
    await editor.keyboard.press('End');
    await editor.keyboard.type('.5');
    await saved(editor);
    await submit(editor, desk);
    await reviewer.goto(`${desk}/review`);
    await reviewer.getByText('更正说明').first().waitFor();
    await both(reviewer, 'review-correction');
    await fillSignature(reviewer, '不告诉', '只改一个数');
    await reviewer.getByLabel('更正说明').fill('4至6层的补助应为20.5万元。');
    await sign(reviewer);
    await reviewer.getByText('已签发，居民现在能看到了').first().waitFor();
    await reviewer.goto(`${desk}/revisions`);
    await reviewer.getByText('第 2 版').first().waitFor();
    await both(reviewer, 'revisions');
    await asReaders(reader, `/policies/${id}`, 'corrected');
    await reader.getByText('4至6层的补助应为20.5万元').waitFor();
    await asReaders(reader, `/policies/${id}/revisions`, 'public-revisions');
    await asReaders(reader, `/policies/${id}/proof`, 'proof');
  });

  test('withdrawn, it is gone at once, and its address says why', async () => {
    await reviewer.goto(desk);
    await reviewer.getByRole('button', { name: '撤回', exact: true }).first().click();
    await reviewer.getByLabel('公布的原因').fill('内容有误，更正后重新公开。');
    await consent(reviewer, '撤回');
    await reviewer.getByText('已撤回，居民看不到了').first().waitFor();
    const answer = await (await reader.request.get(`/api/v1/policies?q=${encodeURIComponent(number)}`)).json();
    expect(answer.items.map((i: { id: string }) => i.id)).not.toContain(id);
    await asReaders(reader, `/policies/${id}`, 'withdrawn');
    await reader.getByText('内容有误，更正后重新公开').waitFor();
  });
});
