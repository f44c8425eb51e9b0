/** One letter from the first word to the public page, by everybody's own screens; and one to the mayor, whose instruction travels. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consent, look, openBrowser, settled, sitDown } from './browser';
import { fillSignature, saved, sign, submit } from './desk';
import { openHouse, type House } from './house';
import { office } from './letters';
import { arrived, look as seen, signInAs, takePhone, type Phone } from './phone';
import { begin, hire } from './staff';

type Seat = 'centre' | 'stranger' | 'clerk' | 'other' | 'head' | 'helper' | 'supervisor' | 'last' | 'mayor';

let house: House;
let browser: Browser;
let seats: Record<Seat, Page>;
let phone: Phone; // in large type
let page: Page;
let folder: string;
let letter = ''; // its ID
let before: number[] = []; // the month's figures of the city when the story begins

const wrongOffice = '鸢都市城市管理局';
const helping = '青禾区人民政府';
const title = '槐树里小区供暖两周了，家里只有十五度';
const text = '我家住槐树里小区2号楼，交了全年的供暖费，供暖快两周了，客厅一直只有十五度，老人穿着棉袄。请派人来测一测温，看看是哪里的问题，不达标的能不能退费。';

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  folder = mkdtempSync(join(tmpdir(), 'yuandu-road-'));
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const people: [seat: Seat, login: string, name: string, role: string, at: string][] = [
    ['centre', 'chenjing', '陈静', '受理中心', ''], ['stranger', 'wangqiang', '王强', '承办', wrongOffice],
    ['clerk', 'liuyang', '刘洋', '承办', office], ['other', 'zhaolei', '赵磊', '承办', office], ['head', 'zhoufang', '周芳', '部门负责人', office],
    ['helper', 'songjie', '宋洁', '承办', helping], ['supervisor', 'sunhao', '孙浩', '市政府办（督办）', ''], ['last', 'qianwei', '钱伟', '市政府办（督办）', ''],
    ['mayor', 'hanxue', '韩雪', '市长', ''],
  ];
  seats = {} as Record<Seat, Page>;
  for (const [seat, login, name, role, at] of people) {
    const temporary = await hire(first, login, name, role, at || undefined);
    seats[seat] = await sitDown(browser, house.address, 1920);
    await begin(seats[seat], login, temporary);
  }
  phone = await takePhone(browser, house.address, { elder: true });
  page = phone.page;
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function open(who: Page, box: string, what = title): Promise<void> {
  await who.goto(`/console/letters?box=${box}`);
  await who.getByRole('link', { name: what }).first().click();
  await who.getByRole('heading', { name: '办理', exact: true }).waitFor();
  await settled(who);
}

const dialog = (who: Page) => who.getByRole('dialog').filter({ visible: true });

/** Chooses a department in a dialog by a part of its name. */
async function choose(who: Page, label: string, name: string): Promise<void> {
  const field = dialog(who).getByRole('combobox', { name: label });
  await field.fill(name);
  await who.getByRole('option', { name, exact: true }).filter({ visible: true }).first().click();
}

/** The city's figures of this month, in the order of the table. */
async function figures(): Promise<number[]> {
  const { centre } = seats;
  await centre.goto('/console/letters/figures');
  await centre.getByRole('heading', { name: '来信统计' }).waitFor();
  await settled(centre);
  const row = centre.getByRole('row').filter({ hasText: '全市' });
  const cells = await row.getByRole('cell').allInnerTexts();
  return cells.slice(-14).map((c) => Number(c.replace(/[^\d.]/g, '') || 0));
}

async function reply(who: Page, words: string, outcome: string): Promise<void> {
  await who.getByLabel('答复内容').fill(words);
  await who.locator('.el-radio__label').filter({ hasText: outcome }).first().click();
  await who.getByRole('button', { name: '送签' }).click();
  await who.getByText('已送签').first().waitFor();
}

async function signed(who: Page): Promise<void> {
  await open(who, 'signing');
  await who.getByRole('button', { name: '签发', exact: true }).click();
  await consent(who, '签发');
  await who.getByText('已签发').first().waitFor();
}

/** Says in the mini program what one thinks of the answer. */
async function rate(solved: string, response: string, satisfied: string, words: string): Promise<void> {
  await page.getByRole('radio', { name: solved, exact: true }).click();
  await page.getByRole('radio', { name: response, exact: true }).click();
  await page.getByRole('radio', { name: satisfied, exact: true }).click();
  await page.getByLabel('还想说什么（可以不写）').fill(words);
  await page.getByRole('button', { name: '提交评价' }).click();
}

async function mine(shows: string): Promise<void> {
  await page.goto(`/m/packages/letter/letter?id=${letter}`);
  await page.getByText(shows).first().waitFor();
  await arrived(page);
}

/** Goes through the pages of a letter, and looks at the last. */
async function through(words: { title: string; text: string }, where: () => Promise<void>, who: () => Promise<void>): Promise<void> {
  await page.getByLabel('一句话说是什么事').fill(words.title);
  await page.getByLabel('内容', { exact: true }).fill(words.text);
  const next = () => page.getByRole('button', { name: '下一步' }).click();
  await next();
  await page.getByRole('heading', { name: '这是哪方面的事' }).waitFor();
  await next();
  await page.getByRole('heading', { name: '在哪里，有没有照片' }).waitFor();
  await where();
  await next();
  await page.getByRole('heading', { name: '怎么联系您' }).waitFor();
  await who();
  await next();
  await page.getByRole('heading', { name: '看一遍，就可以寄出' }).waitFor();
}

describe('a letter about heating', () => {
  test('is written although an answer that fits is there, and sent twice it is one', async () => {
    before = await figures();
    await page.goto('/m/packages/account/signin');
    await signInAs(page, '王芳');
    await page.goto('/m/packages/letter/write?channel=ask');
    await page.getByLabel('一句话说是什么事').fill(title);
    await page.getByLabel('内容', { exact: true }).fill(text);
    const row = page.locator('.related-row').filter({ hasText: /供暖|暖气|热/ }).first();
    await row.waitFor();
    await seen(page, 'whole-related');
    await row.click({ delay: 50 });
    await page.getByRole('button', { name: '仍然要写' }).waitFor();
    await seen(page, 'whole-answer');
    await page.getByRole('button', { name: '仍然要写' }).click();
    await through({ title, text }, async () => page.getByLabel('例如：东风街潍州路口').fill('槐树里小区2号楼'), async () => {
      await page.getByLabel('例如：王女士').fill('王女士');
      await page.getByLabel('有事要问时打给您').fill('13800138000');
      await page.getByRole('switch', { name: '同意公开这封信' }).click();
    });
    await page.route('**/api/v1/letters', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: '寄出' }).click();
    await page.getByText('没有等到答复').waitFor();
    await page.unroute('**/api/v1/letters');
    await page.getByRole('button', { name: '再寄一次' }).click();
    await page.getByRole('heading', { name: '信寄到了' }).waitFor();
    await seen(page, 'whole-sent');
    await page.goto('/m/packages/letter/mine');
    await arrived(page);
    expect(await page.getByRole('link', { name: new RegExp(title) }).count()).toBe(1);
    await seen(page, 'whole-mine');
    await page.getByRole('link', { name: new RegExp(title) }).click();
    await page.getByText('现在由受理中心办理').waitFor();
    letter = new URL(page.url()).searchParams.get('id') ?? '';
  });

  test('is given to the wrong office, which gives it back, and then for good to the right one with a helper', async () => {
    const { centre, stranger, clerk } = seats;
    await open(centre, 'centre');
    await centre.getByRole('button', { name: '分派', exact: true }).click();
    await centre.getByText('建议的主办部门').waitFor();
    await settled(centre);
    await look(centre, 'whole-dispatch');
    await choose(centre, '主办部门', wrongOffice);
    await dialog(centre).getByRole('button', { name: '分派', exact: true }).click();
    await centre.getByText(`已交给${wrongOffice}办理。`).waitFor();
    await open(stranger, 'todo');
    await stranger.getByRole('button', { name: '退回受理中心' }).click();
    await dialog(stranger).getByLabel('理由').fill('供热由住建部门主管，本局没有这项职责。');
    await look(stranger, 'whole-return');
    await dialog(stranger).getByRole('button', { name: '退回', exact: true }).click();
    await stranger.getByText('已退回受理中心。').waitFor();
    await open(centre, 'centre');
    await centre.getByText('供热由住建部门主管').first().waitFor();
    await centre.getByRole('button', { name: '分派', exact: true }).click();
    await dialog(centre).getByRole('button', { name: `交给它：${office}` }).click();
    await choose(centre, '添加协办部门', helping);
    await dialog(centre).getByText('指定办理，不能再退回').click();
    await dialog(centre).getByLabel('为什么交给它').fill('供热归住建，街道协助入户。');
    await look(centre, 'whole-designate');
    await dialog(centre).getByRole('button', { name: '指定办理', exact: true }).click();
    await centre.getByText(`已交给${office}办理。`).waitFor();
    await open(clerk, 'todo');
    expect(await clerk.getByRole('button', { name: '退回受理中心' }).count()).toBe(0);
    await mine(`现在由${office}办理`);
    await seen(page, 'whole-dispatched');
  });

  test('is answered with what the helper found, and signed by the head', async () => {
    const { clerk, helper, head } = seats;
    await clerk.getByRole('button', { name: '认领' }).click();
    await clerk.getByText('您已认领').first().waitFor();
    await open(helper, 'helping');
    await helper.getByLabel('您部门的协办意见').fill('网格员已入户，客厅实测15.2度，楼前阀门开度不足。');
    await look(helper, 'whole-help');
    await helper.getByRole('button', { name: '提交意见' }).click();
    await helper.getByText('协办意见已提交').first().waitFor();
    await open(clerk, 'taken');
    await clerk.getByRole('button', { name: '引用到答复里' }).click();
    await expect.poll(() => clerk.getByLabel('答复内容').inputValue()).toContain('15.2度');
    await look(clerk, 'whole-reply');
    await reply(clerk, '王女士，您好。今天入户测温15.2度，楼前阀门开度不足，已经调大，请您明天再看。不达标期间按规定退费。', '部分解决');
    await open(head, 'signing');
    await look(head, 'whole-sign');
    await signed(head);
  });

  test('is not solved in its author’s word, twice, and comes to the office of the government', async () => {
    const { other, head, supervisor } = seats;
    await mine('阀门开度不足');
    await seen(page, 'whole-answered');
    await rate('没有解决', '一般', '不满意', '阀门调了，还是十六度。');
    await page.getByText('第二次办理，换了人').waitFor();
    await seen(page, 'whole-reopened');
    await open(other, 'todo');
    await other.getByText('阀门调了，还是十六度。').first().waitFor();
    await look(other, 'whole-second');
    await reply(other, '王女士，您好。检查发现楼栋支管淤堵，已约供热公司清洗，费用由供热公司承担。', '列入计划');
    await signed(head);
    await mine('支管淤堵');
    await rate('没有解决', '较好', '不满意', '约了还没有来。');
    await page.getByText('约了还没有来。').first().waitFor();
    await arrived(page);
    await seen(page, 'whole-third');
    await open(supervisor, 'supervised');
    await supervisor.getByText('这是第三次办理').waitFor();
    await look(supervisor, 'whole-supervised');
    await supervisor.getByRole('button', { name: '认领' }).click();
    await supervisor.getByText('您已认领').first().waitFor();
    await reply(supervisor, '王女士，您好。市政府办今天到现场，支管已清洗完，入户复测20.5度，退费单已送到您家。', '已解决');
    await signed(seats.last);
    await mine('复测20.5度');
    await rate('解决了', '很好', '很满意', '热了，谢谢。');
    await page.getByText('已办结').first().waitFor();
    await seen(page, 'whole-closed');
  });

  test('is published without anybody in it, found by others, and the figures have moved', async () => {
    const { clerk, head } = seats;
    await clerk.goto(`/console/letters/${letter}`);
    await clerk.getByRole('button', { name: '拟公开' }).click();
    await clerk.waitForURL(/public-letters\/\w{26}$/);
    await clerk.getByRole('heading', { name: '原文（不公开）' }).waitFor();
    await settled(clerk);
    await look(clerk, 'whole-publish');
    await clerk.getByLabel('标题').fill('小区供暖两周，家里只有十五度怎么办');
    await saved(clerk);
    const desk = new URL(clerk.url()).pathname;
    await submit(clerk, desk);
    await head.goto(`${desk}/review`);
    await fillSignature(head, '告诉', '供暖季很多人会问');
    await look(head, 'whole-release');
    await sign(head);
    await expect.poll(async () => {
      await page.goto('/m/packages/letter/published?q=供暖十五度');
      await arrived(page);
      return page.getByText('小区供暖两周，家里只有十五度怎么办').count();
    }, { timeout: 15_000 }).toBe(1);
    await page.getByText('小区供暖两周，家里只有十五度怎么办').click();
    await page.getByText('复测20.5度').first().waitFor();
    await seen(page, 'whole-public');
    expect(await page.locator('body').innerText()).not.toMatch(/王女士|13800138000/);
    const after = await figures();
    expect(after[0]).toBe((before[0] ?? 0) + 1); // received
    expect(after[1]).toBe((before[1] ?? 0) + 1); // answered
    expect(after[3]).toBe((before[3] ?? 0) + 1); // solved, in the author's word
    await look(seats.centre, 'whole-figures');
  });
});

describe('a letter to the mayor about a road', () => {
  const road = '实验小学门口的路坑坑洼洼';

  function picture(name: string, red: number): string {
    const image = new PNG({ width: 640, height: 480 });
    for (let i = 0; i < image.data.length; i += 4) image.data.set([red, (i / 2560) % 200, 90, 255], i);
    const path = join(folder, name);
    writeFileSync(path, new Uint8Array(PNG.sync.write(image)));
    return path;
  }

  test('has its pictures, and the instruction on it travels to the office and back', async () => {
    const { centre, mayor, clerk } = seats;
    await page.goto('/m/packages/letter/write?channel=mayor');
    await through({ title: road, text: '实验小学门口的路全是坑，下雨积水，孩子天天踩着水上学。想请市长看看，什么时候能修。' }, async () => {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '加照片' }).click()]);
      await chooser.setFiles([picture('坑.png', 180), picture('积水.png', 40)]);
      await page.getByText(/正在传|等着传/).first().waitFor({ state: 'hidden' });
    }, async () => {});
    await seen(page, 'whole-road');
    await page.getByRole('button', { name: '寄出' }).click();
    await page.getByRole('heading', { name: '信寄到了' }).waitFor();
    await open(mayor, 'mayor', road);
    await expect.poll(() => mayor.locator('main img').count()).toBe(2);
    await look(mayor, 'whole-mayor');
    await mayor.getByRole('button', { name: '批示' }).click();
    await choose(mayor, '交给哪个部门', office);
    await dialog(mayor).getByRole('textbox').last().fill('请住建局三天内提出修补方案，开学前修好。');
    await look(mayor, 'whole-instruct');
    await consent(mayor, '批示');
    await mayor.getByText('批示已交办').first().waitFor();
    await open(centre, 'centre', road);
    await centre.getByRole('button', { name: '分派', exact: true }).click();
    await choose(centre, '主办部门', office);
    await dialog(centre).getByRole('button', { name: '分派', exact: true }).click();
    await centre.getByText(`已交给${office}办理。`).waitFor();
    await open(clerk, 'instructed', road);
    await clerk.getByRole('textbox', { name: '落实情况' }).fill('现场看过，两处坑槽明天修补，排水口已清掏。');
    await clerk.getByRole('button', { name: '报告', exact: true }).click();
    await clerk.getByText('已报告落实情况').first().waitFor();
    await look(clerk, 'whole-reported');
    await open(mayor, 'mayor', road);
    await mayor.getByText('两处坑槽明天修补').first().waitFor();
    await look(mayor, 'whole-mayor-reported');
    expect(phone.foreign).toEqual([]);
  });
});
