/** A letter goes public without anybody in it: two people leave out who it is about, and its author and the policy it rests on can take it back. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, consent, look, openBrowser, settled, sitDown } from './browser';
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

/** Looks at a screen on a clerk's laptop and on a wide desk, by day and by night. */
async function views(page: Page, name: string): Promise<void> {
  for (const [width, height] of [[1366, 768], [1920, 1080]] as const) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await look(page, `${name}-${colorScheme}`);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1366, height: 768 });
}
void barriers; void consent; void settled; void fillSignature; void saved; void sign; void submit; void tab; void act; void arrived; void signInAs; void takePhone;

const desk = () => `/console/public-letters/${letter}`;

describe('a letter that its author lets be public', () => {
  test('is answered by a policy, and its clerk is shown that it may be published', async () => {
    basis = await publish({ editor, reviewer }, { title: '鸢都市既有住宅加装电梯补助办法', number: '鸢数发〔2026〕21号', topic: 'housing', office });
    letter = (await author.send<{ id: string }>('/api/v1/letters', { channel: 'ask', title, text, name: '王女士', may_publish: true, anonymous: true, topic: 'housing' })).id;
    await dispatch(hands, letter);
    await act(hands.clerk, letter, 'post', 'take');
    await answer(hands, hands.clerk, letter, { text: said, outcome: 'explained' });
    const { clerk } = hands;
    await clerk.goto(`/console/letters/${letter}`);
    await settled(clerk);
    await views(clerk, 'publish-letter');
    await clerk.getByRole('button', { name: '拟公开' }).click();
    await clerk.waitForURL(/public-letters\/\w{26}$/);
    await settled(clerk);
    await views(clerk, 'publish-desk');
    await tab(clerk, '依据和专题');
    await views(clerk, 'publish-info');
    await clerk.getByRole('button', { name: '手机预览' }).click();
    await clerk.frameLocator('iframe').getByText('还没有公开').waitFor();
    await look(clerk, 'publish-preview');
  });
});
