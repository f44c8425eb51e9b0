/** The Centre enters a letter and gives it away; an office returns it, gets it for good, answers with a helper's words; its head signs. */
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consent, look, openBrowser, settled, sitDown, views } from './browser';
import { openHouse, type House } from './house';
import { arrive, type Resident } from './resident';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let centre: Page;
let clerk: Page; // of the office that leads
let head: Page;
let helper: Page;
let mayor: Page; // the mayor's office
let resident: Resident;

const lead = '鸢都市住房和城乡建设局';
const other = '鸢都市医疗保障局';
const title = '和平路与健康街路口东北角三盏路灯不亮，晚上学生下晚自习过马路看不清，请尽快维修';
const opinion = '经现场查看，三盏路灯是电缆被施工挖断，已安排抢修队今晚更换电缆，11 月 28 日前恢复照明。';

interface Letter { id: string; number: string; state: string; answers: { text: string }[]; timeline: { what: string; text: string }[] }

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const people = [['sunli', '孙丽', '受理中心', ''], ['liuyang', '刘洋', '承办人', lead], ['zhaolei', '赵磊', '部门负责人', lead],
    ['chenjing', '陈静', '承办人', other], ['zhoujie', '周洁', '市长办公室', '']] as const;
  const seats: Page[] = [];
  for (const [login, name, role, office] of people) {
    const temporary = await hire(first, login, name, role, office || undefined);
    const seat = await sitDown(browser, house.address, 1366);
    await begin(seat, login, temporary);
    seats.push(seat);
  }
  [centre, clerk, head, helper, mayor] = seats as [Page, Page, Page, Page, Page];
  resident = await arrive(house.address, '王芳');
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

/** Of the sample's letters there are many: those of today are this story's. */
const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
const list = (box: string) => `/console/letters?box=${box}&since=${today}`;

async function open(page: Page, box: string, what: string): Promise<void> {
  await page.goto(list(box));
  await settled(page);
  await page.getByRole('link', { name: what }).click();
  await page.getByRole('heading', { name: what }).waitFor();
  await settled(page);
}

/** A page as it comes out of the printer, A4: what was read is on it, what can be pressed is not. */
async function printed(page: Page, name: string, what: RegExp): Promise<void> {
  const size = page.viewportSize() ?? { width: 1366, height: 768 };
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.emulateMedia({ media: 'print' });
  if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `${name}.png`), fullPage: true });
  expect(await page.locator('main').innerText()).toMatch(what);
  expect(await page.getByRole('navigation', { name: '主菜单' }).isVisible()).toBe(false);
  expect(await page.getByRole('button').filter({ visible: true }).and(page.locator('.el-button')).count()).toBe(0);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize(size);
}

async function choose(page: Page, list: string | RegExp, option: string): Promise<void> {
  await page.getByRole('dialog').getByRole('combobox', { name: list }).fill(option);
  await page.getByRole('option', { name: option }).filter({ visible: true }).first().click();
}

const outcome = (page: Page, name: string) => page.locator('.el-radio__label').filter({ hasText: name }).first().click();

/** A picture as a phone would send it, of one colour. */
function picture(shade: number): Buffer {
  const png = new PNG({ width: 640, height: 480 });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([shade, (at / 2560) % 200, 120, 255], at);
  return PNG.sync.write(png);
}

describe('a letter', () => {
  test('that came over the counter is entered with its pictures, and its author takes a receipt home', async () => {
    await centre.goto('/console/letters');
    await settled(centre);
    await look(centre, 'letters-first');
    await centre.getByRole('button', { name: '录入来信' }).click();
    await centre.getByRole('button', { name: '录入', exact: true }).click();
    await centre.getByText('有 3 处要改').waitFor();
    await look(centre, 'letters-new-wrong');
    await centre.getByText('窗口', { exact: true }).click();
    await centre.getByLabel('标题').fill(title);
    await centre.getByLabel('内容').fill('和平路与健康街路口东北角有三盏路灯，从上星期三开始就不亮了。\n孩子在附近中学上晚自习，九点多回家要过这个路口，车又快，很危险。\n打过几次电话，说已经登记，一直没有人来修。请尽快修好，并告诉我们什么时候能亮。');
    await centre.getByLabel('地点').fill('和平路与健康街路口东北角，公交站牌旁');
    await centre.getByLabel('怎么称呼').fill('王先生');
    await centre.getByLabel('联系电话').fill('13800001234');
    await centre.locator('input[type=file]').setInputFiles([1, 2, 3].map((n) => ({ name: `路灯${n}.png`, mimeType: 'image/png', buffer: picture(n * 60) })));
    await expect.poll(() => centre.getByRole('button', { name: /^移除/ }).count(), { timeout: 15_000 }).toBe(3);
    await views(centre, 'letters-new');
    await centre.getByRole('button', { name: '录入', exact: true }).dblclick();
    await centre.getByRole('heading', { name: '来信受理回执' }).first().waitFor();
    await views(centre, 'letters-receipt');
    expect(await centre.locator('.number').innerText()).toMatch(/\d{4}-\d{6}/);
    await printed(centre, 'letters-receipt-paper', /\d{4}-\d{6}/);
  });

  test('stands in its box with what is left of its term, once however often the button was pressed', async () => {
    for (const n of [1, 2, 3]) {
      await resident.send('/api/v1/letters', { channel: 'ask', title: `青年路${n}号楼今天停暖，什么时候恢复`, text: `青年路${n}号楼从早上起暖气就是凉的，家里有老人，想知道什么时候恢复。`, may_publish: true, anonymous: true });
    }
    await resident.send('/api/v1/letters', { channel: 'mayor', title: '学校门口这条路修了半年还没有通', text: '育才路修了半年还没有通，孩子上学每天绕三公里。请市长过问一下什么时候能通车。', may_publish: false, anonymous: false });
    await centre.goto('/console/');
    await views(centre, 'letters-home');
    await centre.getByRole('link', { name: /待分派/ }).first().click();
    await centre.waitForURL(/box=centre/);
    await views(centre, 'letters-list');
    await centre.goto(list('centre'));
    await settled(centre);
    expect(await centre.getByRole('link', { name: title }).count()).toBe(1);
    await centre.getByText('还剩5个工作日').first().waitFor();
    await centre.keyboard.press('/');
    await centre.keyboard.type('没有这个编号');
    await centre.getByText('没有找到').waitFor();
    await centre.getByRole('button', { name: '清除筛选' }).first().click();
    await centre.locator('[data-row-door]').first().waitFor();
    await centre.locator('h1').focus();
    await centre.keyboard.press('j');
    await centre.keyboard.press('Enter');
    await centre.waitForURL(/letters\/\w{26}\?box=centre/);
  });

  test('goes with others to one office, those of one power cut at a time', async () => {
    await centre.goto(list('centre'));
    await settled(centre);
    for (const row of await centre.getByRole('row').filter({ hasText: '停暖' }).all()) await row.locator('.el-checkbox').click();
    await centre.getByRole('button', { name: '分派 3 封' }).click();
    await choose(centre, '主办部门', lead);
    await centre.getByRole('dialog').getByLabel('为什么交给它').fill('供热由住建局管');
    await look(centre, 'letters-bulk');
    await centre.getByRole('dialog').getByRole('button', { name: '分派 3 封' }).dblclick();
    await centre.getByText(`3 封已分派给${lead}`).waitFor();
    await expect.poll(() => centre.getByRole('row').filter({ hasText: '停暖' }).count(), { timeout: 10_000 }).toBe(0);
  });

  test('is given to an office with a helper', async () => {
    await open(centre, 'centre', title);
    await views(centre, 'letters-record-centre');
    await centre.getByRole('button', { name: '不予受理' }).click();
    await centre.getByRole('dialog').getByText('紧急求助').click();
    expect(await centre.getByRole('dialog').getByLabel('告诉来信人').inputValue()).toContain('110');
    await look(centre, 'letters-refuse');
    await centre.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await centre.getByRole('button', { name: '分派', exact: true }).click();
    await choose(centre, '主办部门', lead);
    await choose(centre, '添加协办部门', other);
    await centre.getByRole('dialog').getByLabel('为什么交给它').fill('路灯归住建局，路口在医保局门前');
    await look(centre, 'letters-dispatch');
    await consent(centre, '分派');
    await centre.getByText(`已交给${lead}办理`).waitFor();
    await views(centre, 'letters-dispatched');
  });

  test('comes back from an office that thinks it is not its own, and is given to it for good', async () => {
    await clerk.goto('/console/letters');
    await settled(clerk);
    expect(new URL(clerk.url()).searchParams.get('box')).toBe('asked'); // the Supervisor waits for this office's answer
    await look(clerk, 'letters-list-office');
    await open(clerk, 'todo', title);
    await clerk.getByRole('button', { name: '退回受理中心' }).click();
    await clerk.getByRole('dialog').getByLabel('理由').fill('这一段的路灯由街道维护。');
    await look(clerk, 'letters-return');
    await consent(clerk, '退回');
    await clerk.getByText('已退回受理中心').first().waitFor();
    await open(centre, 'centre', title);
    await centre.getByText('这一段的路灯由街道维护').waitFor();
    await centre.getByRole('button', { name: '分派', exact: true }).click();
    await choose(centre, '主办部门', lead);
    await centre.getByRole('dialog').getByText('指定办理，不能再退回').click();
    await consent(centre, '指定办理');
    await centre.getByText(`已交给${lead}办理`).waitFor();
    await open(clerk, 'todo', title);
    expect(await clerk.getByRole('button', { name: '退回受理中心' }).count()).toBe(0);
  });

  test('shows how its author can be reached to who says why, for a while', async () => {
    expect(await clerk.locator('body').innerText()).not.toContain('13800001234');
    await clerk.getByRole('button', { name: '看联系方式' }).click();
    await clerk.getByRole('dialog').getByLabel('为什么要看').fill('核实是哪三盏灯');
    await consent(clerk, '查看');
    await clerk.getByText('13800001234').waitFor();
    await look(clerk, 'letters-contact');
    await clerk.getByRole('button', { name: '现在就隐藏' }).click();
    expect(await clerk.getByText('13800001234').count()).toBe(0);
  });

  test('is answered with the words of the helper; what is typed outlives a reload and a colleague', async () => {
    await open(helper, 'helping', title);
    await helper.getByLabel('您部门的协办意见').fill(opinion);
    await look(helper, 'letters-help');
    await helper.getByRole('button', { name: '提交意见' }).click();
    await helper.getByText('协办意见已提交').first().waitFor();
    await open(clerk, 'todo', title);
    await clerk.getByRole('button', { name: '认领' }).click();
    await clerk.getByText('您已认领').first().waitFor();
    await clerk.getByLabel('答复内容').fill('王先生，您好。');
    await clerk.getByRole('button', { name: '引用到答复里' }).click();
    expect(await clerk.getByLabel('答复内容').inputValue()).toBe(`王先生，您好。\n\n${opinion}`);
    await clerk.reload();
    await settled(clerk);
    await clerk.getByText('上次没有送出的答复还在').waitFor();
    await views(clerk, 'letters-reply');
    await head.goto(clerk.url());
    await settled(head);
    await head.getByRole('button', { name: '内部备注' }).click();
    await head.getByRole('dialog').getByRole('textbox').fill('请写明恢复照明的日子。');
    await consent(head, '加备注');
    await head.getByText('备注已保存').first().waitFor();
    await outcome(clerk, '解释说明');
    await clerk.getByRole('button', { name: '送签' }).click();
    await clerk.getByText('您写的时候这封信有了变化').waitFor();
    await clerk.getByText('请写明恢复照明的日子').waitFor();
    await look(clerk, 'letters-overtaken');
    await clerk.getByRole('button', { name: '送签' }).click();
    await clerk.getByText('已送签').first().waitFor();
  });

  test('is sent back by the head, mended, and signed', async () => {
    await open(head, 'signing', title);
    await views(head, 'letters-sign');
    await head.getByRole('button', { name: '退回修改' }).click();
    await head.getByRole('dialog').getByLabel('要改什么').fill('结果选“已解决”，写明今晚几点恢复。');
    await consent(head, '退回修改');
    await head.getByText('已退回修改').first().waitFor();
    await open(clerk, 'taken', title);
    await clerk.getByText('写明今晚几点恢复').first().waitFor();
    await clerk.getByLabel('答复内容').fill(`王先生，您好。\n\n${opinion}今晚 8 点恢复。`);
    await outcome(clerk, '已解决');
    await look(clerk, 'letters-mend');
    await clerk.getByRole('button', { name: '送签' }).click();
    await clerk.getByText('已送签').first().waitFor();
    await open(head, 'signing', title);
    await head.getByRole('button', { name: '签发', exact: true }).click();
    await consent(head, '签发');
    await head.getByText('已签发').first().waitFor();
    await views(head, 'letters-signed');
    await printed(head, 'letters-paper', /今晚 8 点恢复/);
  });

  test('to the mayor gets an instruction that is never told to its author', async () => {
    await open(mayor, 'mayor', '学校门口这条路');
    await mayor.getByRole('button', { name: '批示' }).click();
    await choose(mayor, '交给哪个部门', lead);
    await mayor.getByRole('dialog').getByRole('textbox').last().fill('请住建局三天内报通车时间表。');
    await consent(mayor, '批示');
    await mayor.getByText('批示已交办').first().waitFor();
    await views(mayor, 'letters-mayor');
    await open(clerk, 'instructed', '学校门口这条路');
    await clerk.getByRole('textbox', { name: '落实情况' }).fill('已排定工期，12 月 20 日通车。');
    await look(clerk, 'letters-instructed');
    await clerk.getByRole('button', { name: '报告', exact: true }).click();
    await clerk.getByText('已报告落实情况').first().waitFor();
    const { items } = await resident.ask<{ items: Letter[] }>('/api/v1/me/letters');
    const mine = await resident.ask<Letter>(`/api/v1/me/letters/${items.find((l) => (l as unknown as { channel: string }).channel === 'mayor')?.id}`);
    expect(JSON.stringify(mine)).not.toContain('三天内');
  });
});
