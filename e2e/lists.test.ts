/** What the city keeps: words, topics, and documents and departments that are there twice. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, look, openBrowser, settled, sitDown } from './browser';
import { openHouse, type House } from './house';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let administrator: Page;
let keeper: Page; // the desk of somebody of the city office

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  administrator = await sitDown(browser, house.address);
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  await begin(administrator, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const temporary = await hire(administrator, 'gaofei', '高飞', '市政府办');
  keeper = await sitDown(browser, house.address);
  await begin(keeper, 'gaofei', temporary);
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

/** How many documents residents find. */
async function found(q: string): Promise<number> {
  const answer = await keeper.request.get(`/api/v1/policies?limit=1&q=${encodeURIComponent(q)}`);
  return ((await answer.json()) as { total: number }).total;
}

describe('words', () => {
  test('a synonym is tried, saved, and found by residents at once', async () => {
    await keeper.goto('/console/words');
    await settled(keeper);
    await both(keeper, 'words-empty');
    expect(await found('毛孩子')).toBe(0);
    await keeper.getByRole('button', { name: '加一条' }).click();
    await keeper.getByText(/^单向：/).click();
    await keeper.getByRole('textbox', { name: '词', exact: true }).fill('毛孩子\n养老');
    await keeper.getByRole('button', { name: '试搜' }).click();
    await keeper.getByText('新找到').first().waitFor();
    await look(keeper, 'synonym-trial');
    expect(await found('毛孩子')).toBe(0);
    await keeper.getByRole('button', { name: '保存', exact: true }).click();
    await keeper.getByText('毛孩子 → 养老').waitFor();
    expect(await found('毛孩子')).toBeGreaterThan(0);
    await keeper.getByRole('button', { name: /^停用“社/ }).first().click();
    await keeper.getByText('已停用').first().waitFor();
    await both(keeper, 'words-synonyms');
  });

  test('lines that are wrong say so in their place, and then all come in', async () => {
    await keeper.getByRole('link', { name: '易错词' }).click();
    await settled(keeper);
    await keeper.getByRole('button', { name: '一次加许多条' }).click();
    const text = keeper.getByRole('textbox', { name: '一行一条' });
    await text.fill('鸢督 → 鸢都 | 市名 | 鸢督办 | 必须改正\n字 → 词\n布署 → 部署\n寒亭去\t寒亭区');
    await keeper.getByRole('button', { name: '检查', exact: true }).click();
    await keeper.getByText('有 1 行要改').waitFor();
    await look(keeper, 'words-lines-wrong');
    await text.fill((await text.inputValue()).replace('字 → 词\n', ''));
    await keeper.getByRole('button', { name: '检查', exact: true }).click();
    await keeper.getByRole('button', { name: '保存 2 条' }).click();
    await keeper.getByText('寒亭去').waitFor();
    await both(keeper, 'words-mistyped');
    await keeper.getByRole('button', { name: '鸢督' }).click();
    await keeper.getByRole('dialog').waitFor();
    await look(keeper, 'word-edit');
    await keeper.getByRole('button', { name: '删去' }).click();
    await keeper.getByText('不再起作用').waitFor();
    await keeper.getByRole('dialog', { name: '删去这一条吗？' }).getByRole('button', { name: '删去' }).click();
    await keeper.getByRole('button', { name: '鸢督' }).waitFor({ state: 'detached' });
    await keeper.getByRole('link', { name: '不用的词' }).click();
    await settled(keeper);
    await both(keeper, 'words-forbidden');
  });

  test('pinned words stand first, in the order of the arrow keys', async () => {
    await keeper.getByRole('link', { name: '热门搜索' }).click();
    for (const word of ['医保缴费', '入学报名', '公积金提取']) {
      await keeper.getByRole('button', { name: '加一条' }).click();
      await keeper.getByRole('textbox', { name: '词', exact: true }).fill(word);
      await keeper.getByRole('button', { name: '保存', exact: true }).click();
      await keeper.getByRole('listitem').filter({ hasText: word }).first().waitFor();
    }
    await keeper.getByRole('button', { name: /移动“公积金提取”/ }).press('Home');
    await keeper.getByText('顺序已保存').first().waitFor();
    await settled(keeper);
    await both(keeper, 'words-hot');
    const hot = (await (await keeper.request.get('/api/v1/search/hot')).json()) as { items: string[] };
    expect(hot.items.slice(0, 3)).toEqual(['公积金提取', '医保缴费', '入学报名']);
  });
});

describe('topics', () => {
  test('are put into an order by the keyboard, and explained; residents see both', async () => {
    await keeper.goto('/console/topics');
    await settled(keeper);
    await keeper.getByRole('button', { name: /移动“养老”/ }).press('Home');
    expect(await keeper.evaluate('document.activeElement?.getAttribute("aria-label")')).toContain('现在第 1 位');
    await keeper.getByLabel('“养老”的说明').fill('高龄津贴、助餐、养老院怎么申请');
    await keeper.getByLabel('“就业”的说明').fill('短');
    await keeper.getByRole('button', { name: '保存', exact: true }).click();
    await keeper.getByText('说明请写 4 到 60 个字').waitFor();
    await look(keeper, 'topics-wrong');
    await keeper.getByLabel('“就业”的说明').fill('找工作、招聘、技能培训和失业帮扶');
    await both(keeper, 'topics');
    await keeper.getByRole('button', { name: '保存', exact: true }).click();
    await keeper.getByText('首页和小程序立即更新').waitFor();
    await keeper.goto('/policies?topic=elderly');
    await keeper.getByText('高龄津贴、助餐、养老院怎么申请').waitFor();
  });
});

describe('what is there twice', () => {
  test('two documents of one number become one, and the old address leads on', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'yuandu-e2e-')), 'twice.jsonl');
    const of = (title: string, day: string, text: string) =>
      JSON.stringify({ 标题: title, 文号: '鸢民发〔2021〕88号', 发文机关: '鸢都市民政局', 发布日期: day, 正文: text });
    const long = '鸢都市民政局 鸢都市财政局 鸢都市人力资源和社会保障局关于进一步完善困难群众临时救助工作若干措施有关事项的通知';
    writeFileSync(file, [of(long, '2021-08-08', '第一条　对遭遇突发困难的家庭给予临时救助。'), of(`${long}（全文）`, '2021-08-09', '第一条　对遭遇突发困难的家庭，给予临时救助。\n第二条　到街道申请。')].join('\n'));
    house.run('import', 'policies', file);
    await keeper.goto('/console/doubles');
    await settled(keeper);
    await both(keeper, 'doubles');
    const pair = keeper.getByRole('region').filter({ hasText: '鸢民发〔2021〕88号' });
    await pair.getByRole('button', { name: '不是重复' }).click();
    await keeper.getByText('以后不再列出这一对').waitFor();
    await keeper.getByRole('button', { name: '撤销' }).click();
    await pair.waitFor();
    const double = await pair.getByRole('link', { name: '看公开的页面' }).nth(1).getAttribute('href');
    const kept = await pair.getByRole('link', { name: '看公开的页面' }).nth(0).getAttribute('href');
    await pair.getByRole('button', { name: /保留这一份：先录入的/ }).click();
    await keeper.getByText('合并不能撤销').waitFor();
    await look(keeper, 'merge-policy');
    await keeper.getByRole('dialog').getByRole('button', { name: '合并', exact: true }).click();
    await keeper.getByText('已合并').first().waitFor();
    await keeper.goto(double ?? '');
    expect(new URL(keeper.url()).pathname).toBe(kept);
    await keeper.goto(`${double}/proof`);
    await keeper.getByText('与另一份文件重复').waitFor();
    expect(house.run('verify')).toContain('没有发现改动');
  });

  test('a department goes on in another, with all that it has', async () => {
    await administrator.goto('/console/departments');
    await administrator.getByRole('treeitem', { name: '鸢都市民政局' }).click();
    await administrator.getByRole('button', { name: '并入另一个部门' }).click();
    const old = new URL(administrator.url()).pathname.split('/').at(-1);
    await administrator.getByRole('combobox', { name: '并入哪个部门' }).press('Enter');
    await administrator.getByRole('option', { name: '鸢都市人力资源和社会保障局' }).filter({ visible: true }).first().click();
    await administrator.getByText('合并后，转到').waitFor();
    await both(administrator, 'merge-department');
    await administrator.getByRole('dialog').getByRole('button', { name: '合并', exact: true }).click();
    await administrator.getByText('已并入').first().waitFor();
    await settled(administrator);
    await both(administrator, 'department-merged');
    await administrator.goto(`/policies?department=${old}`);
    await administrator.getByText('鸢都市人力资源和社会保障局').first().waitFor();
    expect(administrator.url()).not.toContain(old);
  });
});
