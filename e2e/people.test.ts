/** The people of the house: the first administrator, colleagues with other roles, and who may not do what. */
import type { Browser, Page } from 'playwright-core';
import type { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { look, openBrowser, settled, sitDown } from './browser';
import { openHouse, type House } from './house';
import { begin, hire, password } from './staff';

let house: House;
let browser: Browser;
let first: Page; // the desk of the first administrator
let authenticator: TOTP;
const temporary: Record<string, string> = {};

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

describe('staff', () => {
  test('the first administrator is made on the server and signs in with a second factor', async () => {
    const made = house.run('staff', 'add', 'wangmin', '王敏');
    first = await sitDown(browser, house.address);
    authenticator = await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '', (name) => look(first, name));
    await look(first, 'home');
    expect(await first.locator('body').innerText()).toContain('王敏');
  });

  test('adds a department and three colleagues with different roles', async () => {
    await first.goto('/console/departments/new');
    await first.getByLabel('全称').fill('鸢都市数据局');
    await look(first, 'department-new');
    await first.getByRole('button', { name: '新增', exact: true }).click();
    await first.getByText('鸢都市数据局').first().waitFor();
    await look(first, 'department');
    temporary.auditor = await hire(first, 'zhaolei', '赵磊', '审计员');
    await look(first, 'staff-opened');
    temporary.editor = await hire(first, 'liuyang', '刘洋', '编辑');
    temporary.security = await hire(first, 'sunli', '孙丽', '安全管理员');
    await first.goto('/console/staff');
    await look(first, 'staff-list');
    for (const name of ['王敏', '赵磊', '刘洋', '孙丽']) expect(await first.locator('main').innerText()).toContain(name);
  });

  test('every screen of the system administrator lets everybody in, at every width', async () => {
    const screens: [string, string][] = [
      ['home', '/console/'], ['staff-list', '/console/staff'], ['staff-new', '/console/staff/new'], ['departments', '/console/departments'],
      ['settings', '/console/settings'], ['privacy', '/console/privacy'], ['calendar', '/console/calendar'], ['residents', '/console/residents'],
      ['me', '/console/me'], ['forbidden', '/console/audit'], ['not-found', '/console/nothing'],
    ];
    for (const width of [1440, 1280, 1024]) {
      await first.setViewportSize({ width, height: 900 });
      for (const [name, path] of screens) {
        await first.goto(path);
        await look(first, name);
      }
      await first.goto('/console/staff');
      await first.getByRole('link', { name: '刘洋' }).first().click();
      await first.getByText('可以做的事').first().waitFor();
      await look(first, 'staff-record');
    }
    await first.setViewportSize({ width: 1440, height: 900 });
  });

  test('once the security administrator has signed in, the system administrator gives no roles any more', async () => {
    const desk = await sitDown(browser, house.address);
    await begin(desk, 'sunli', temporary.security);
    await desk.goto('/console/staff');
    await desk.getByRole('link', { name: '刘洋' }).first().click();
    await desk.getByRole('button', { name: '修改角色' }).waitFor();
    await look(desk, 'security-record');
    await first.goto('/console/staff/new');
    await settled(first);
    expect(await first.getByRole('button', { name: '添加角色' }).count()).toBe(0);
    expect(await first.locator('main').innerText()).toContain('安全管理员');
    await desk.context().close();
  });

  test('an editor sees what an editor may, and is told so elsewhere', async () => {
    const desk = await sitDown(browser, house.address);
    await begin(desk, 'liuyang', temporary.editor);
    await look(desk, 'editor-home');
    const menu = await desk.getByRole('navigation', { name: '主菜单' }).innerText();
    expect(menu).not.toContain('工作人员');
    expect(menu).not.toContain('审计记录');
    for (const path of ['/console/staff', '/console/audit', '/console/residents']) {
      await desk.goto(path);
      await desk.getByText('您的角色看不了这个页面').waitFor();
    }
    await desk.context().close();
  });

  test('the auditor reads the whole trail in plain sentences', async () => {
    const desk = await sitDown(browser, house.address);
    await begin(desk, 'zhaolei', temporary.auditor);
    await desk.goto('/console/audit');
    await desk.getByText('为刘洋开设了账号').first().waitFor();
    await look(desk, 'audit');
    expect(house.run('verify')).toContain('没有发现改动');
    await desk.context().close();
  });

  test('wrong passwords are refused in plain words, and the right one with a used code too', async () => {
    const desk = await sitDown(browser, house.address);
    await desk.goto('/console/');
    await desk.getByLabel('登录名').fill('wangmin');
    await desk.getByLabel('密码', { exact: true }).fill('not the password');
    await desk.getByRole('button', { name: '登录', exact: true }).click();
    await desk.getByText('登录名或密码不对').waitFor();
    await desk.getByLabel('密码', { exact: true }).fill(password);
    await desk.getByRole('button', { name: '登录', exact: true }).click();
    await desk.getByLabel('6 位动态验证码').fill('000000'); // six digits are sent by themselves
    await desk.getByText('验证码不对').first().waitFor();
    await look(desk, 'wrong-code');
    await desk.getByRole('button', { name: /用恢复码/ }).click();
    await desk.getByLabel('恢复码').waitFor();
    await look(desk, 'recovery');
    await desk.context().close();
  });

  test('two people on one record: the second sees what the first has written', async () => {
    await first.goto('/console/settings');
    await settled(first);
    const other = await first.context().newPage();
    await other.goto('/console/settings');
    await settled(other);
    for (const [page, phone] of [[other, '0536-11111'], [first, '0536-22222']] as const) {
      const edit = page.getByRole('button', { name: /修改/ }).first();
      if (await edit.count()) await edit.click();
      await page.getByLabel('服务电话').fill(phone);
      await page.getByRole('button', { name: '保存' }).first().click();
      await settled(page);
    }
    const choice = first.getByRole('dialog');
    await choice.getByText('0536-11111').first().waitFor();
    expect(await choice.innerText()).toContain('0536-22222');
    await look(first, 'stale');
    await other.close();
  });

  test('a lost network is said, and what was read stays readable', async () => {
    await first.goto('/console/staff');
    await settled(first);
    await first.context().setOffline(true);
    await first.getByText('网络断开了').first().waitFor();
    expect(await first.locator('main').innerText()).toContain('刘洋');
    await look(first, 'offline');
    await first.context().setOffline(false);
  });
});
