/** An office with a house of its own: who brought everybody in, an editor, a reviewer, and somebody who reads. */
import type { Browser, Page } from 'playwright-core';
import { openBrowser, sitDown } from './browser';
import { openHouse, type House } from './house';
import { begin, hire } from './staff';

export interface Office {
  house: House;
  browser: Browser;
  administrator: Page;
  editor: Page;
  reviewer: Page;
  reader: Page;
  close(): Promise<void>;
}

export async function openOffice(config?: Record<string, string>): Promise<Office> {
  const house = await openHouse(config);
  const browser = await openBrowser();
  const desk = () => sitDown(browser, house.address);
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await desk();
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  await first.goto('/console/departments/new');
  await first.getByLabel('全称').fill('鸢都市数据局');
  await first.getByRole('button', { name: '新增', exact: true }).click();
  await first.getByText('鸢都市数据局').first().waitFor();
  const temporary = [await hire(first, 'liuyang', '刘洋', '编辑'), await hire(first, 'zhaolei', '赵磊', '审核')];
  const [editor, reviewer, reader] = [await desk(), await desk(), await desk()];
  await begin(editor, 'liuyang', temporary[0] ?? '');
  await begin(reviewer, 'zhaolei', temporary[1] ?? '');
  return {
    house, browser, administrator: first, editor, reviewer, reader,
    close: async () => {
      await browser.close();
      await house.stop();
    },
  };
}
