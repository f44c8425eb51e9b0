/** Templates of messages through WeChat: set up, previewed, and sent to the phone in one's own hand. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, look, openBrowser, settled, sitDown } from './browser';
import { openHouse, type House } from './house';
import { check, signInAs, takePhone } from './phone';
import { arrive, type Resident } from './resident';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let administrator: Page;
let office: Page; // may look, and no more
let phone: Resident; // the administrator's own

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  administrator = await sitDown(browser, house.address);
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  await begin(administrator, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const temporary = await hire(administrator, 'gaofei', '高飞', '市政府办');
  office = await sitDown(browser, house.address);
  await begin(office, 'gaofei', temporary);
  phone = await arrive(house.address, '王芳');
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

/** Both themes, as narrow as a laptop and as wide as a desk. */
async function everyWay(page: Page, name: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await both(page, `${name}-${scheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

const sim = (path: string, body?: object) =>
  fetch(`${house.address}/sim/control/api/people/${encodeURIComponent('王芳')}${path}`, body ? { method: 'POST', body: JSON.stringify(body) } : {});

interface Message { title: string; lines: { Label: string; Value: string }[]; page: string }

async function inbox(): Promise<Message[]> {
  return ((await (await sim('')).json()) as { inbox: Message[] | null }).inbox ?? [];
}

describe('templates', () => {
  test('stand in a list, each with a message as residents read it', async () => {
    await administrator.goto('/console/templates');
    await administrator.getByText('进入小程序查看').first().waitFor();
    await everyWay(administrator, 'templates');
    expect(await administrator.getByText('在用', { exact: true }).count()).toBe(2);
    await office.goto('/console/templates');
    await office.getByText('您可以查看').waitFor();
    expect(await office.getByRole('link', { name: /修改“/ }).count()).toBe(0);
  });

  test('are changed line by line, with the message beside', async () => {
    await administrator.getByRole('link', { name: '修改“订阅的内容有变动”的模板' }).click();
    await administrator.getByRole('list', { name: '每一行多长' }).waitFor();
    await everyWay(administrator, 'template-form');
    await administrator.getByLabel('第 2 行的键').fill('phrase2');
    await administrator.getByLabel('第 2 行的名称').fill('');
    await administrator.getByRole('button', { name: '保存', exact: true }).click();
    await administrator.getByText('请写名称').waitFor();
    await administrator.getByLabel('第 2 行的名称').fill('更新状态');
    await administrator.getByRole('button', { name: '保存', exact: true }).click();
    await administrator.getByText('这项内容放不进类型 phrase').waitFor();
    await everyWay(administrator, 'template-wrong');
    await administrator.getByRole('combobox', { name: '第 2 行填什么' }).press('Enter');
    await administrator.getByRole('option', { name: '发生了什么' }).filter({ visible: true }).click();
    await administrator.getByText('新发布').first().waitFor();
    await administrator.getByRole('combobox', { name: '当作' }).press('Enter');
    await administrator.getByRole('option', { name: '有更正' }).filter({ visible: true }).click();
    await administrator.locator('dd', { hasText: '有更正' }).waitFor();
    await administrator.getByRole('button', { name: '保存', exact: true }).click();
    await administrator.getByText('下一条消息就用它').waitFor();
  });

  test('are rehearsed: whom it would reach, and nobody is told', async () => {
    const chosen = administrator.locator('.el-select', { has: administrator.getByRole('combobox', { name: '用哪份文件' }) });
    await phone.send('/api/v1/me/searches', { text: (await chosen.innerText()).trim() });
    await administrator.getByRole('button', { name: '数一数' }).click();
    await administrator.getByText('1 人会在“消息”里看到').waitFor();
    await everyWay(administrator, 'template-rehearsed');
    await administrator.getByRole('combobox', { name: '当作' }).press('Enter');
    await administrator.getByRole('option', { name: '已撤回' }).filter({ visible: true }).click();
    await administrator.getByText('撤回文件不另外告诉').waitFor();
    expect(await inbox()).toEqual([]);
  });
});

/** Types the code of the phone in the console. */
async function send(): Promise<void> {
  const { code } = await phone.send<{ code: string }>('/api/v1/me/trial-code', {});
  await administrator.getByLabel('手机上的八位数字').fill(code.replace(/(\d{4})/, '$1 '));
  await administrator.getByRole('button', { name: '发一条' }).click();
}

describe('a message to oneself', () => {
  test('is refused in plain words where nobody accepted it, and arrives where somebody did', async () => {
    await administrator.reload();
    await administrator.getByRole('list', { name: '每一行多长' }).waitFor();
    await administrator.getByRole('button', { name: '发一条' }).click();
    await administrator.getByText('请填手机上显示的八位数字').waitFor();
    await send(); // WeChat's template has a line thing2, which was renamed just now
    await administrator.getByText('微信不接受“thing2”').waitFor();
    await administrator.getByLabel('第 2 行的键').fill('thing2');
    await administrator.getByRole('button', { name: '保存', exact: true }).click();
    await administrator.getByText('下一条消息就用它').waitFor();
    await settled(administrator);

    await send();
    await administrator.getByText('请在手机上点一次同意').waitFor();
    await everyWay(administrator, 'template-refused');
    await sim('/ask', { choices: [{ template: 'demo-policy-changed', accept: true }] });
    await send();
    await administrator.getByText('微信已经收下').waitFor();
    await look(administrator, 'template-sent');
    const [message] = await inbox();
    expect(message?.lines.map((l) => l.Label)).toEqual(['政策名称', '更新内容', '更新日期']);
    expect(message?.lines.every((l) => [...l.Value].length <= 20)).toBe(true);
    expect(message?.page).toMatch(/^packages\/policy\/policy\?id=\w+&from=message$/);
  });

  test('takes a code from a phone', async () => {
    const { page } = await takePhone(browser, house.address);
    await page.goto('/m/packages/account/about');
    await page.getByText('消息试发取码').click();
    await signInAs(page, '王芳');
    await page.getByText(/^码 \d{4} \d{4}$/).waitFor();
    await check(page, 'trial-code');
  });
});
