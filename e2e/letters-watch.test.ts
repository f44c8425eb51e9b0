/** The Supervisor asks an office about a letter, a figure opens its letters, an author is called, a robot is set. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, openBrowser, settled, sitDown, views } from './browser';
import { openHouse, type House } from './house';
import { act, office, read } from './letters';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let centre: Page;
let clerk: Page;
let head: Page;
let supervisor: Page;

const title = '文化路菜市场门口积水半个月没人抽，老人买菜绕行两公里，打电话说归别人管';

interface Item { id: string; number: string; title: string }

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const people = [['sunli', '孙丽', '受理中心', ''], ['liuyang', '刘洋', '承办人', office], ['zhaolei', '赵磊', '部门负责人', office],
    ['zhengkai', '郑凯', '市政府办', '']] as const;
  const seats: Page[] = [];
  for (const [login, name, role, where] of people) {
    const temporary = await hire(first, login, name, role, where || undefined);
    const seat = await sitDown(browser, house.address, 1366);
    await begin(seat, login, temporary);
    seats.push(seat);
  }
  [centre, clerk, head, supervisor] = seats as [Page, Page, Page, Page];
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

async function go(page: Page, path: string): Promise<void> {
  await page.goto(`/console/${path}`);
  await settled(page);
}

/** Enters a letter by telephone and has the office lead it. */
async function enter(): Promise<string> {
  const data = { channel: 'ask', source: 'phone', title, text: '积水有半米深，市场管理方说归城管，城管说归水务。', name: '王女士',
    phone: '13800001234', may_publish: false, anonymous: true };
  const sent = await centre.request.post('/admin/v1/letters', { data, headers: { 'Idempotency-Key': randomUUID() } });
  expect(sent.status(), await sent.text()).toBe(201);
  const { id } = (await sent.json()) as Item;
  const { items } = (await (await centre.request.get('/admin/v1/departments')).json()) as { items: { id: string; name: string }[] };
  await act(centre, id, 'post', 'dispatch', { lead: items.find((o) => o.name === office)?.id ?? '' });
  return id;
}

const dialog = (page: Page) => page.getByRole('dialog').filter({ visible: true });

describe('what the Centre and the Supervisor watch', () => {
  test('causes found in the letters are listed, and a letter is looked after until its office has answered', async () => {
    await go(supervisor, 'letters/watch');
    await supervisor.getByRole('heading', { name: '督办' }).waitFor();
    await supervisor.getByRole('tab', { name: /发现的情形/ }).waitFor();
    expect(await supervisor.getByText('逾期没有答复').count()).toBeGreaterThan(0); // the sample has letters that are late
    await views(supervisor, 'watch-found');

    const id = await enter();
    await go(supervisor, `letters/${id}`);
    await supervisor.getByRole('button', { name: '督办', exact: true }).click();
    const ask = dialog(supervisor);
    await ask.getByRole('combobox', { name: '属于哪种情形' }).press('Enter');
    await supervisor.getByRole('option', { name: '造成不良影响' }).click();
    await ask.getByLabel('为什么这样认定').fill('市民热线节目报道，网上转发很多。');
    await ask.getByLabel('督办意见').fill('请说明为什么半个月没有抽水，三日内排干并告知来信人。');
    await look(supervisor, 'watch-ask');
    await ask.getByRole('button', { name: '督办', exact: true }).click();
    await supervisor.getByText('已督办，部门会在').waitFor();

    await go(clerk, 'letters?box=asked');
    await clerk.getByRole('link', { name: title }).click();
    await clerk.getByText('请说明为什么半个月没有抽水').waitFor();
    await clerk.getByLabel('答复市政府办').fill('水泵故障，今天已调来移动泵车，明早排干。');
    await look(clerk, 'watch-answer');
    await clerk.getByRole('button', { name: '答复', exact: true }).click();
    await clerk.getByText('已答复市政府办。').waitFor();

    await go(supervisor, 'letters/watch?phase=answered');
    await supervisor.getByRole('link', { name: title }).click();
    await supervisor.getByText('移动泵车').waitFor();
    await supervisor.getByRole('button', { name: '办结', exact: true }).click();
    await dialog(supervisor).getByText('已经整改').click();
    await dialog(supervisor).getByLabel('说明').fill('已派人现场核实，积水排干。');
    await dialog(supervisor).getByRole('button', { name: '办结', exact: true }).click();
    await supervisor.getByText('督办已办结。').waitFor();
    await settled(supervisor);
    await look(supervisor, 'watch-closed');
  });

  test('what no office takes for its own goes to the Supervisor, who decides', async () => {
    const id = await enter();
    await act(clerk, id, 'post', 'return', { why: '排水归水务部门' });
    await go(centre, `letters/${id}`);
    await centre.getByRole('button', { name: '提请裁定' }).click();
    await dialog(centre).getByLabel('争议在哪里，您的意见').fill('城管、水务都说不归自己管。');
    await dialog(centre).getByRole('button', { name: '提请裁定' }).click();
    await centre.getByText('已提请市政府办裁定。').waitFor();
    await go(supervisor, `letters/${id}?box=disputed`);
    await look(supervisor, 'watch-dispute');
    await supervisor.getByRole('button', { name: '裁定', exact: true }).click();
    await dialog(supervisor).getByRole('combobox', { name: '由哪个部门主办' }).fill(office);
    await supervisor.getByRole('option', { name: office }).or(supervisor.getByRole('treeitem', { name: office })).filter({ visible: true }).first().click();
    await dialog(supervisor).getByLabel('理由').fill('按三定方案由它牵头。');
    await dialog(supervisor).getByRole('button', { name: '裁定', exact: true }).click();
    await supervisor.getByText(`已裁定由${office}办理。`).waitFor();
    expect((await read(supervisor, id)).version).toBeGreaterThan(3);
  });

  test('a figure opens the letters that it counts', async () => {
    await go(centre, 'letters/figures');
    await centre.getByRole('heading', { name: '来信统计' }).waitFor();
    await views(centre, 'watch-figures');
    await centre.emulateMedia({ media: 'print' });
    await look(centre, 'watch-figures-paper');
    await centre.emulateMedia({ media: 'screen' });
    const link = centre.getByRole('link', { name: /^全市，现在逾期/ });
    const n = Number((await link.innerText()).replace(',', ''));
    await link.click();
    await settled(centre);
    await centre.getByText(/来信统计 · 现在逾期 · 全市/).waitFor();
    await centre.getByText(`共 ${n} 封`).waitFor();
    await look(centre, 'watch-figure-rows');
    await centre.getByRole('button', { name: '不看这个数字，回到列表' }).click();
    await centre.getByPlaceholder('受理编号').waitFor();
  });

  test('authors are called by lot, and what one says is kept', async () => {
    const id = await enter();
    await act(clerk, id, 'put', 'reply', { text: '已排干积水，更换了水泵。', outcome: 'solved' });
    await act(head, id, 'post', 'sign');
    await go(centre, 'letters/calls');
    await centre.getByRole('button', { name: '抽一批' }).click();
    await dialog(centre).getByLabel('每个部门抽百分之几').fill('100');
    await look(centre, 'watch-draw');
    await dialog(centre).getByRole('button', { name: '抽取' }).click();
    await centre.getByText(/抽到 .* 封。/).waitFor();
    await settled(centre);
    await views(centre, 'watch-calls');
    const row = centre.getByRole('row').filter({ hasText: title });
    await row.getByRole('button', { name: '记结果' }).click();
    const keep = dialog(centre);
    await keep.getByText('联系上了').click();
    await keep.getByText('来信人本人', { exact: true }).click();
    await keep.getByText('解决了', { exact: true }).click();
    for (const name of [/^响应/, /^满意/]) await keep.getByRole('radiogroup', { name }).getByText('4', { exact: true }).click();
    await look(centre, 'watch-call');
    await keep.getByRole('button', { name: '记下', exact: true }).click();
    await row.waitFor({ state: 'detached' });
    await centre.getByRole('tab', { name: /已回访/ }).click();
    await centre.getByText('计入评价').waitFor();
    await look(centre, 'watch-called');
  });

  test('the head of an office sets its robot, and is told plainly what came back', async () => {
    await go(head, 'robots');
    await look(head, 'watch-robots-none');
    await head.getByRole('region', { name: office }).getByRole('button', { name: '设置地址' }).click();
    await head.getByLabel('群机器人的 Webhook 地址').fill('https://example.com/hook');
    await head.getByRole('button', { name: '存下' }).click();
    await head.getByText('这不是企业微信群机器人的地址').waitFor();
    await head.getByLabel('群机器人的 Webhook 地址').fill('https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7aaa-4bc4-97a0-0ec2sifa5aaa');
    await head.getByRole('button', { name: '存下' }).click();
    await head.getByText('已存下，可以试发一条。').waitFor();
    await head.getByText('密钥末四位 5aaa').waitFor();
    await views(head, 'watch-robots-set');
  });
});
