/** A letter goes public without anybody in it: two people leave out who it is about, and its author and the policy it rests on can take it back. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asReaders, consent, look, openBrowser, settled, sitDown, views } from './browser';
import { fillSignature, saved, sign, submit, tab } from './desk';
import { openHouse, type House } from './house';
import { act, answer, dispatch, office, type Handlers } from './letters';
import { arrived, signInAs, takePhone } from './phone';
import { publish } from './publish';
import { arrive, type Resident } from './resident';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let hands: Handlers;
let stranger: Page; // of another office
let editor: Page;
let reviewer: Page;
let reader: Page;
let author: Resident;
let letter = ''; // its ID
let basis = '';

const title = '幸福小区3号楼加装电梯，一楼邻居李建国家不同意，能不能装';
const text = '我家住在奎文区幸福小区3号楼2单元501室，母亲七十八岁，上下楼很吃力，楼里想装电梯。\n' +
  '一楼的李建国不同意，说挡光。他的车鲁V8K632天天停在单元门口，工程车进不来。\n' +
  '我的身份证号是370702199001011237，电话13800001234，请帮我们问问，不同意的人家怎么办，补助能给多少？';
const said = '王女士，您好。李建国先生的采光已请设计单位复核，不受影响。按照《鸢都市既有住宅加装电梯补助办法》（鸢数发〔2026〕21号）第二条，' +
  '专有部分面积和人数都过三分之二的业主同意即可申请；每部电梯补助20万元。经办人张师傅，手机13900005678。';
/** What must be nowhere outside the office. */
const secret = /李建国|王女士|V8K632|370702199001011237|13800001234|13900005678|2单元|501室/;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const people = [['chenjing', '陈静', '受理中心', ''], ['liuyang', '刘洋', '承办人', office], ['zhoufang', '周芳', '部门负责人', office],
    ['sunli', '孙丽', '承办人', '鸢都市医疗保障局'], ['wuxia', '吴霞', '编辑', office], ['zhenghao', '郑浩', '审核', office]] as const;
  const seats: Page[] = [];
  for (const [login, name, role, at] of people) {
    const temporary = await hire(first, login, name, role, at || undefined);
    const seat = await sitDown(browser, house.address, 1366);
    await begin(seat, login, temporary);
    seats.push(seat);
  }
  const [centre, clerk, head] = seats as [Page, Page, Page];
  hands = { centre, clerk, other: clerk, head };
  [stranger, editor, reviewer] = seats.slice(3) as [Page, Page, Page];
  reader = await sitDown(browser, house.address);
  author = await arrive(house.address, '王芳');
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

const desk = () => `/console/public-letters/${letter}`;
const page = () => `/letters/${letter}`;

/** All that is told to anybody of the public letter, by whichever way it is asked. */
async function told(): Promise<string> {
  const ways = [`/api/v1/letters/${letter}`, `/letters/${letter}`, '/api/v1/letters?limit=100', '/letters', '/api/v1/letters?q=加装电梯', '/letters?q=加装电梯',
    '/api/v1/search?q=加装电梯邻居不同意', '/api/v1/letters/popular'];
  return (await Promise.all(ways.map(async (way) => (await reader.request.get(way)).text()))).join('\n');
}

/** How many letters a search finds, on the page without script and in the search over all kinds. */
async function found(): Promise<string> {
  const list = await (await reader.request.get('/letters?q=加装电梯邻居不同意')).text();
  const all = (await (await reader.request.get('/api/v1/search?q=加装电梯邻居不同意')).json()) as { kinds: { kind: string; items: { id: string }[] }[] };
  const ids = all.kinds.find((k) => k.kind === 'letter')?.items.map((i) => i.id) ?? [];
  return `${list.includes(letter) ? 'listed' : 'not listed'}, ${ids.includes(letter) ? 'found' : 'not found'}`;
}

/** Tries an act of the console that is not allowed, past its buttons. */
async function refused(who: Page, what: string, data: object, code: string): Promise<void> {
  const now = await who.request.get(`/admin/v1/public-letters/${letter}`);
  const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': now.headers()['etag'] ?? '"1"' };
  const answer = await who.request.post(`/admin/v1/public-letters/${letter}/${what}`, { data, headers });
  expect(((await answer.json()) as { code: string }).code, what).toBe(code);
}
const signature = { no_secret: true, attribute: 'open', tell: false, why: '只是一家的事' };

async function release(): Promise<void> {
  const { head } = hands;
  await head.goto(`${desk()}/review`);
  await fillSignature(head, '不告诉', '只是一个楼的事');
  await sign(head);
}

/** Looks at a public page on a desk and on both phones, on one also by night, in normal and in large type. */
async function asAnybody(path: string, name: string): Promise<void> {
  for (const size of ['normal', 'large']) {
    await reader.goto(`/view?size=${size}&back=${encodeURIComponent(path)}`);
    for (const width of [1366, 375, 320]) {
      await reader.setViewportSize({ width, height: 812 });
      await look(reader, `${name}-${size}`);
    }
    await reader.emulateMedia({ colorScheme: 'dark' });
    await look(reader, `${name}-${size}-dark`);
    await reader.emulateMedia({ colorScheme: 'light' });
  }
}

describe('a letter that its author lets be public', () => {
  test('is answered by a policy, and comes to the desk with nobody in it', async () => {
    basis = await publish({ editor, reviewer }, { title: '鸢都市既有住宅加装电梯补助办法', number: '鸢数发〔2026〕21号', topic: 'housing', office });
    letter = (await author.send<{ id: string }>('/api/v1/letters', { channel: 'ask', title, text, name: '王女士', may_publish: true, anonymous: true, topic: 'housing' })).id;
    await dispatch(hands, letter);
    await act(hands.clerk, letter, 'post', 'take');
    await answer(hands, hands.clerk, letter, { text: said, outcome: 'explained' });
    const { clerk } = hands;
    await clerk.goto(`/console/letters/${letter}`);
    await clerk.getByText('写信人同意公开。').waitFor();
    await views(clerk, 'publish-letter');
    await clerk.getByRole('button', { name: '拟公开' }).dblclick();
    await clerk.waitForURL(/public-letters\/\w{26}$/);
    await clerk.getByRole('heading', { name: '原文（不公开）' }).waitFor();
    await clerk.getByText('没有发现问题').waitFor();
    for (const field of ['来信', '答复']) expect(await clerk.getByLabel(field, { exact: true }).inputValue()).not.toMatch(secret);
    expect(await clerk.getByLabel('标题').inputValue()).toBe('某小区某号楼加装电梯，一楼邻居某某家不同意，能不能装');
    await clerk.locator('mark', { hasText: '李建国' }).first().waitFor();
    await clerk.getByText(/姓名 5 处、车牌 1 处/).waitFor();
    await views(clerk, 'publish-desk');
    await tab(clerk, '依据和专题');
    await clerk.getByRole('link', { name: '鸢都市既有住宅加装电梯补助办法' }).waitFor();
    expect(await clerk.getByLabel('第几条，可以不填').inputValue()).toBe('第二条');
    await views(clerk, 'publish-info');
  });

  test('is not handed to review with a name, a home or a telephone in it', async () => {
    const { clerk } = hands;
    await tab(clerk, '来信和答复');
    const reply = clerk.getByLabel('答复', { exact: true });
    await reply.fill('某女士，您好。楼上赵建国先生不同意的，住鸢飞路88号幸福小区3号楼2单元501室，电话13900005678，可以找他商量。');
    await clerk.getByText('像是个人手机号').waitFor();
    await clerk.getByText('像是人名').waitFor();
    await views(clerk, 'publish-findings');
    await clerk.getByRole('button', { name: /^送审（还有 \d 处要处理）/ }).click();
    expect(await clerk.getByRole('dialog').count()).toBe(0);
    await refused(clerk, 'submit', {}, 'publication.findings');
    const offers = clerk.getByRole('button', { name: /^改为/ });
    const takeOne = async () => { // each of them holds for the text as it was saved
      if (await offers.count()) await offers.first().click();
      return offers.count();
    };
    await expect.poll(takeOne, { timeout: 30_000, interval: 1500 }).toBe(0);
    expect(await reply.inputValue()).not.toMatch(/赵建国|501|13900005678/);
    await reply.fill('某女士，您好。按照加装电梯补助办法第二条，三分之二的业主同意就可以申请；每部电梯补助20万元。');
    await saved(clerk);
    await clerk.getByText('没有发现问题').waitFor();
  });

  test('is seen as it will be, and released by another person of the office alone', async () => {
    const { clerk, head } = hands;
    await clerk.getByRole('button', { name: '手机预览' }).click();
    await clerk.frameLocator('iframe').getByText('还没有公开').waitFor();
    await look(clerk, 'publish-preview');
    await clerk.keyboard.press('Escape');
    await submit(clerk, desk());
    await views(clerk, 'publish-submitted');
    await refused(clerk, 'sign', signature, 'staff.not_allowed');
    await refused(stranger, 'sign', signature, 'staff.not_allowed');
    await stranger.goto(desk());
    await stranger.getByText('您的角色不能做这件事').first().waitFor();
    expect(await stranger.locator('body').innerText()).not.toMatch(/加装电梯/);
    expect((await reader.request.get(page())).status()).toBe(404);
    await head.goto('/console/');
    await head.getByText('等您审核的公开的来信').waitFor();
    await look(head, 'publish-home');
    await head.goto(`${desk()}/review`);
    await head.locator('mark', { hasText: '鲁V8K632' }).waitFor();
    await views(head, 'publish-review');
    await release();
    await head.goto(desk());
    await settled(head);
    await views(head, 'publish-released');
  });

  test('is found and read by everybody, with what it rests on and how many it helped', async () => {
    await expect.poll(found, { timeout: 10_000 }).toBe('listed, found');
    expect(await told()).not.toMatch(secret);
    for (const name of ['李建国', '赵小满']) await (await arrive(house.address, name)).put(`/api/v1/me/useful-letters/${letter}`);
    await asAnybody('/letters', 'public-letters');
    await asReaders(reader, `/letters?q=${encodeURIComponent('电梯邻居不同意')}`, 'public-letters-found');
    await asReaders(reader, `/letters?q=${encodeURIComponent('月球上的鲸鱼')}`, 'public-letters-none');
    await asAnybody(page(), 'public-letter');
    await reader.getByText('2 人觉得有用').waitFor();
    await reader.getByText('（鸢数发〔2026〕21号）第二条').waitFor();
    expect(await reader.getByRole('link', { name: '鸢都市既有住宅加装电梯补助办法' }).getAttribute('href')).toBe(`/policies/${basis}`);
  });

  test('retires with its policy, waits for its office, and is back when the office stands by it', async () => {
    const { clerk } = hands;
    const next = await publish({ editor, reviewer }, { title: '鸢都市既有住宅加装电梯管理办法', number: '鸢数发〔2026〕30号', topic: 'housing', office, repeals: basis });
    await expect.poll(found, { timeout: 15_000 }).toBe('not listed, not found');
    expect(next).not.toBe(basis);
    await asReaders(reader, page(), 'public-letter-retired');
    await reader.getByText(/部门确认之前不再展示/).waitFor();
    await clerk.goto('/console/');
    await clerk.getByText('依据失效的答复').waitFor();
    await look(clerk, 'publish-home-lapsed');
    await clerk.goto(desk());
    await clerk.getByText('依据的文件已经失效').waitFor();
    await views(clerk, 'publish-retired');
    await clerk.getByRole('link', { name: '去确认' }).click();
    await clerk.getByText(/第二条：.*废止/).waitFor();
    await views(clerk, 'publish-lapsed');
    await stranger.goto('/console/public-letters/lapsed');
    await stranger.getByText('没有依据失效的答复').waitFor();
    await look(stranger, 'publish-lapsed-none');
    await refused(stranger, 'confirmation', { why: '新办法第三条规定相同' }, 'staff.not_allowed');
    await clerk.getByRole('button', { name: '确认仍然有效' }).click();
    await clerk.getByLabel('为什么仍然有效').fill('新办法第三条规定相同');
    await look(clerk, 'publish-confirm');
    await consent(clerk, '确认仍然有效');
    await clerk.getByText('没有依据失效的答复').waitFor();
    await expect.poll(found, { timeout: 15_000 }).toBe('listed, found');
    await asReaders(reader, page(), 'public-letter-confirmed');
    await reader.getByText(/确认仍然有效/).waitFor();
  });

  test('is gone at once when its author no longer agrees, and cannot be put back by anybody', async () => {
    const phone = await takePhone(browser, house.address);
    await phone.page.goto('/m/packages/account/signin');
    await signInAs(phone.page, '王芳');
    await phone.page.goto(`/m/packages/letter/letter?id=${letter}`);
    await phone.page.getByRole('switch', { name: /同意公开这封信/ }).click();
    await phone.page.getByText('已改好').waitFor();
    await arrived(phone.page);
    expect((await reader.request.get(page())).status()).toBe(404);
    expect((await reader.request.get(`/api/v1/letters/${letter}`)).status()).toBe(404);
    expect(await found()).toBe('not listed, not found');
    await asReaders(reader, page(), 'public-letter-gone');
    await reader.getByText('写信人不再同意公开').waitFor();
    const { clerk } = hands;
    await clerk.goto(`/console/letters/${letter}`);
    await clerk.getByText('不同意公开').first().waitFor();
    await look(clerk, 'publish-letter-gone');
    await refused(clerk, 'reopen', {}, 'letter.no_consent');
    await clerk.goto(desk());
    await settled(clerk);
    await views(clerk, 'publish-gone');
  });
});
