/** A clerk finds what the office knows by the letter's own words, puts it into the reply, begins with a template; the head signs. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consent, openBrowser, settled, views } from './browser';
import { openHouse, type House } from './house';
import { dispatch, lastLetter, office, openHandlers, read, type Handlers } from './letters';
import { arrive, type Resident } from './resident';

let house: House;
let browser: Browser;
let people: Handlers;
let resident: Resident;
let letter: string;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  people = await openHandlers(browser, house);
  resident = await arrive(house.address, '王芳');
  await resident.send('/api/v1/letters', {
    channel: 'ask', title: '家里暖气不热，能不能退热费', text: '供暖快两周了，客厅只有十六度，热力公司来摸一摸就走了。能不能按天退热费？',
    name: '王芳', may_publish: false, anonymous: true,
  });
  letter = await lastLetter(people.centre);
  await dispatch(people, letter);
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('the office finds its entry beside the letter, and answers from it', async () => {
  const { clerk, head } = people;
  await clerk.goto(`/console/letters/${letter}?box=todo`);
  await settled(clerk);
  const panel = clerk.getByRole('region', { name: '知识库与模板' });
  await panel.getByText('家里暖气不热怎么办，能退多少热费').waitFor();
  const reply = clerk.getByRole('textbox', { name: '答复内容' });
  await views(clerk, 'knowledge-panel');

  await panel.getByRole('tab', { name: '模板' }).click();
  await panel.getByRole('button', { name: '插入：解释政策' }).click();
  await expect.poll(() => reply.inputValue()).toContain('王芳：');
  const filled = await reply.inputValue();
  expect(filled).toContain((await read(clerk, letter)).number);
  expect(filled).toContain(office);
  await panel.getByRole('button', { name: '插入：几个部门一起办的' }).click();
  await expect.poll(() => reply.inputValue()).toContain('【待填：协办单位】');
  await panel.getByText(/来信里没有：协办单位/).waitFor();
  await views(clerk, 'knowledge-unfilled');
  await clerk.getByRole('button', { name: '送签' }).click();
  await clerk.getByText(/还有没填的空：协办单位/).waitFor();
  await reply.press('Control+z'); // the second template goes as it came
  await expect.poll(() => reply.inputValue()).toBe(filled);

  await panel.getByRole('tab', { name: '知识库' }).click();
  await panel.getByRole('button', { name: /插入：家里暖气不热怎么办/ }).click();
  await expect.poll(() => reply.inputValue()).toContain('热力公司24小时内上门测温');
  await clerk.locator('.el-radio__label').filter({ hasText: '解释说明' }).first().click();
  await clerk.getByRole('button', { name: '送签' }).click();
  await expect.poll(async () => (await read(clerk, letter)).state).toBe('signing');

  await head.goto(`/console/letters/${letter}?box=signing`);
  await settled(head);
  await head.getByRole('button', { name: '签发', exact: true }).click();
  await consent(head, '签发');
  await expect.poll(async () => (await read(head, letter)).state).toBe('answered');
});

test('a reply that went out becomes a draft, which the office looks over and uses', async () => {
  const { clerk } = people;
  await clerk.goto(`/console/letters/${letter}`);
  await settled(clerk);
  await clerk.getByRole('button', { name: '存成知识' }).click();
  await clerk.getByText('由一次答复整理而来').waitFor();
  await settled(clerk);
  expect(await clerk.locator('textarea').first().inputValue()).not.toContain('王芳');
  await views(clerk, 'knowledge-draft');
  await clerk.getByRole('button', { name: '启用', exact: true }).click();
  await clerk.getByText('已启用，写答复时可以找到了。').waitFor();
  await views(clerk, 'knowledge-entry');
});

test('an office sees what is due and what nobody looks after; the Centre asks for a review', async () => {
  const { clerk, centre } = people;
  await clerk.goto('/console/knowledge?shelf=due');
  await settled(clerk);
  await clerk.getByText('电梯老坏，能不能用维修资金').waitFor();
  await views(clerk, 'knowledge-due');
  await centre.goto('/console/knowledge');
  await settled(centre);
  await views(centre, 'knowledge-list');
  await centre.goto('/console/knowledge?text=%E4%BB%A5%E6%97%A7%E6%8D%A2%E6%96%B0');
  await settled(centre);
  await centre.getByText(/所依据的.*起失效/).waitFor();
  await centre.getByRole('link', { name: /以旧换新家电补贴/ }).click();
  await centre.getByRole('button', { name: '请部门复核' }).click();
  await centre.getByRole('dialog').getByRole('textbox').fill('活动去年底就结束了，请改成今年的办法。');
  await centre.getByRole('dialog').getByRole('button', { name: '请部门复核' }).click();
  await centre.getByText('已请部门复核。').waitFor();
  await settled(centre);
  await views(centre, 'knowledge-asked');
  await centre.goto('/console/reply-templates');
  await settled(centre);
  await views(centre, 'templates');
  await centre.getByRole('button', { name: '新写模板' }).click();
  await centre.getByRole('dialog').getByRole('textbox', { name: '名称' }).fill('试一试');
  await centre.getByRole('dialog').getByRole('textbox', { name: '文字' }).fill('{{姓名}}您好');
  await centre.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await centre.getByText(/不认识“姓名”/).waitFor();
  await views(centre, 'template-wrong');
});
