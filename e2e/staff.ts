/** Staff, as they sign in and use an authenticator. */
import jsQR from 'jsqr';
import * as OTPAuth from 'otpauth';
import { PNG } from 'pngjs';
import type { Page } from 'playwright-core';

/** Reads the QR code that a page shows, as a phone's camera would. */
export async function scan(page: Page): Promise<OTPAuth.TOTP> {
  const source = await page.locator('img[src^="data:image/png"]').getAttribute('src');
  const picture = PNG.sync.read(Buffer.from((source ?? '').split(',')[1], 'base64'));
  const code = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  return OTPAuth.URI.parse(code?.data ?? '') as OTPAuth.TOTP;
}

/** What everybody here chooses: a name in it would be refused. */
export const password = '清晨七点 去浮烟山放风筝';

/** Signs in for the first time, from the temporary password to the recovery codes, and gives the authenticator. */
export async function begin(page: Page, login: string, temporary: string, look = async (_name: string) => {}): Promise<OTPAuth.TOTP> {
  await page.goto('/console/');
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('密码', { exact: true }).fill(temporary);
  await look('sign-in');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByLabel('现在的密码（临时密码）').fill(temporary);
  await page.getByLabel('新密码', { exact: true }).fill(password);
  await page.getByLabel('再输一次新密码').fill(password);
  await look('first-password');
  await page.getByRole('button', { name: '修改密码' }).click();
  await page.locator('img[src^="data:image/png"]').waitFor();
  await look('enrol');
  const authenticator = await scan(page);
  await page.getByLabel('6 位动态验证码').fill(authenticator.generate());
  await page.getByRole('button', { name: '绑定', exact: true }).click();
  await page.getByText('保存恢复码').first().waitFor();
  await look('recovery-codes');
  await page.getByText('我已保存好').click();
  await page.getByRole('button', { name: '完成' }).click();
  await page.getByRole('navigation', { name: '主菜单' }).waitFor();
  return authenticator;
}

/** Opens an account with one role, and gives the temporary password that is shown once. */
export async function hire(page: Page, login: string, name: string, role: string, office = '鸢都市数据局'): Promise<string> {
  await page.goto('/console/staff/new');
  await page.getByLabel('登录名').fill(login);
  await page.getByLabel('姓名').fill(name);
  await page.getByRole('button', { name: '添加角色' }).click();
  await page.getByRole('combobox', { name: '选择角色' }).press('Enter');
  await page.getByRole('option', { name: role }).first().click();
  const where = page.getByRole('combobox', { name: /在哪个部门/ });
  if (await where.count()) {
    await where.press('Enter');
    await page.getByRole('option', { name: office }).or(page.getByRole('treeitem', { name: office })).filter({ visible: true }).first().click();
  }
  await page.getByRole('button', { name: '开设账号' }).click();
  await page.getByText('账号开好了').first().waitFor();
  return (await page.locator('dd .code').nth(1).innerText()).trim();
}
