/** A document that ends another one, with what explains it: both are signed, and appear at their time. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asReaders, both, consent, look } from './browser';
import { fillSignature, saved, sign, submit, tab } from './desk';
import { openOffice, type Office } from './office';

let office: Office;
let editor: Page;
let reviewer: Page;
let reader: Page;
let old = { id: '', title: '', doc_number: '' };
let policy = ''; // the addresses in the console
let interpretation = '';

const title = '鸢都市公共数据开放管理办法（试行）';
const why = '新办法代替旧办法，影响办事';

beforeAll(async () => {
  office = await openOffice();
  ({ editor, reviewer, reader } = office);
  const list = (await (await reader.request.get('/api/v1/policies?limit=20&validity=in_force')).json()) as { items: (typeof old)[] };
  old = list.items.find((p) => p.doc_number) ?? old;
});

afterAll(() => office?.close());

async function begin(page: string, button: string): Promise<string> {
  await editor.goto(page);
  await editor.getByRole('button', { name: button }).click();
  await editor.waitForURL(/\/\w{26}$/);
  return new URL(editor.url()).pathname;
}

async function write(text: string): Promise<void> {
  await editor.locator('.paper').click();
  for (const line of text.split('\n')) {
    await editor.keyboard.type(line);
    await editor.keyboard.press('Enter');
  }
}

/** The beginning of the next minute that is at least some seconds away, as the calendar writes it. */
function soon(): string {
  const at = new Date(Math.ceil((Date.now() + 12_000) / 60_000) * 60_000);
  const part = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit', hour12: false }).format(at);
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at).split('-').map(Number);
  return `${day[0]}年${day[1]}月${day[2]}日 ${part}`;
}

describe('a document that ends another one', () => {
  test('its text proposes what it ends and what it is based on', async () => {
    policy = await begin('/console/policies', '起草文件');
    await editor.getByLabel('标题', { exact: true }).first().fill(title);
    await write(
      `第一条　根据《中华人民共和国数据安全法》，制定本办法。\n第二条　公共数据分为无条件开放、有条件开放和不予开放三类。\n` +
        `第三条　本办法自公布之日起施行。《${old.title}》（${old.doc_number}）同时废止。`,
    );
    await saved(editor);
    await tab(editor, '文件信息');
    await editor.getByLabel('文号').first().fill('鸢数发〔2026〕7号');
    await editor.getByLabel('成文日期').fill('2026年11月20日');
    await editor.keyboard.press('Enter');
    await saved(editor);
    await tab(editor, '相关文件');
    await editor.getByText('正文里提到的').waitFor();
    await both(editor, 'relations-proposed');
    while (await editor.getByRole('button', { name: '采用' }).count()) {
      const left = await editor.getByRole('button', { name: '采用' }).count();
      await editor.getByRole('button', { name: '采用' }).first().click();
      await expect.poll(() => editor.getByRole('button', { name: '采用' }).count()).toBeLessThan(left);
    }
    await saved(editor);
    await both(editor, 'relations');
  });

  test('its interpretation is written beside it, and both are handed to review', async () => {
    interpretation = await begin('/console/interpretations', '起草解读');
    await editor.getByLabel('标题', { exact: true }).first().fill(`《${title}》解读`);
    await write('公共数据怎么分类、谁来开放、怎么申请，一次说清楚。');
    await tab(editor, '解读信息');
    await editor.getByRole('combobox', { name: '添加文件' }).fill('公共数据开放');
    await editor.getByRole('option', { name: new RegExp(title.slice(0, 8)) }).first().click();
    await both(editor, 'interpretation-information');
    await tab(editor, '问答');
    await editor.getByRole('button', { name: '添加一问' }).click();
    await editor.getByRole('textbox', { name: '问题 1' }).fill('个人可以申请公共数据吗？');
    await editor.getByRole('textbox', { name: '答', exact: true }).fill('可以，无条件开放的数据直接下载，有条件开放的在线申请。');
    await both(editor, 'interpretation-questions');
    await saved(editor);
    await submit(editor, interpretation);
    await submit(editor, policy);
  });

  test('the reviewer sees what it does to the old one, and signs both for a time', async () => {
    await reviewer.goto(`${interpretation}/review`);
    await fillSignature(reviewer, '告诉', why);
    await sign(reviewer);
    await reviewer.goto(`${policy}/review`);
    await fillSignature(reviewer, '告诉', why);
    await reviewer.getByText(old.title).first().waitFor();
    await reviewer.locator('.el-radio__label').getByText('定时', { exact: true }).click();
    await reviewer.getByPlaceholder('公开的时间').fill(soon());
    await reviewer.keyboard.press('Enter');
    await both(reviewer, 'review-repeal');
    await reviewer.getByRole('button', { name: '签发', exact: true }).first().click();
    await consent(reviewer, '签发');
    await reviewer.getByText(/到时|定时/).first().waitFor();
    await both(reviewer, 'scheduled');
    await editor.goto('/console/due');
    await both(editor, 'due');
  });

  test('at its time it is public with its interpretation, and the old one says that it is over', async () => {
    const id = policy.split('/').at(-1) ?? '';
    const status = async () => (await reader.request.get(`/api/v1/policies/${id}`)).status();
    expect(await status()).toBe(404);
    await expect.poll(status, { timeout: 90_000, interval: 1000 }).toBe(200);
    await asReaders(reader, `/policies/${id}`, 'new-one');
    await reader.getByText(`《${title}》解读`).first().waitFor();
    await asReaders(reader, `/policies/${old.id}`, 'old-one');
    await reader.getByText(/已废止，请以新文件为准/).first().waitFor();
    await reader.getByRole('link', { name: title }).first().waitFor();
    await look(reader, 'old-one-again');
  }, 180_000);
});
