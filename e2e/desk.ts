/** What editors and reviewers do with one document. */
import type { Page } from 'playwright-core';
import { consent, settled } from './browser';

export const saved = (page: Page) => page.getByText(/已保存 \d/).waitFor();
export const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();

/** Hands a document to review, from its page in the console. */
export async function submit(editor: Page, document: string): Promise<void> {
  await editor.goto(document);
  await settled(editor);
  await editor.getByText('必须改正').waitFor({ state: 'detached' });
  await editor.getByRole('button', { name: /^送审/ }).first().click();
  await consent(editor, '送审');
  await editor.getByText('已经送审').first().waitFor();
}

/** Fills in what a reviewer signs; whom to tell, and why, is asked each time. */
export async function fillSignature(reviewer: Page, tell: '告诉' | '不告诉', why: string): Promise<void> {
  await reviewer.locator('.el-checkbox__label').filter({ hasText: '保密审查' }).first().click();
  await reviewer.locator('.el-radio__label').getByText(tell, { exact: true }).click();
  await reviewer.getByLabel('为什么').fill(why);
}

export async function sign(reviewer: Page): Promise<void> {
  await reviewer.getByRole('button', { name: '签发', exact: true }).first().click();
  await consent(reviewer, '签发');
  await reviewer.getByText('已签发').first().waitFor();
}
