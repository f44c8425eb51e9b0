/** The first page of the mini program, as the city office lays it out. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { both, look, openBrowser, settled, sitDown } from './browser';
import { openHouse, type House } from './house';
import { begin, hire } from './staff';

let house: House;
let browser: Browser;
let keeper: Page; // of the city office
let colleague: Page; // the same person at another desk
let editor: Page;

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  const administrator = await sitDown(browser, house.address);
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  await begin(administrator, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  await administrator.goto('/console/departments/new');
  await administrator.getByLabel('全称').fill('鸢都市数据局');
  await administrator.getByRole('button', { name: '新增', exact: true }).click();
  await administrator.getByText('鸢都市数据局').first().waitFor();
  const temporary = [
    await hire(administrator, 'gaofei', '高飞', '市政府办'), await hire(administrator, 'sunli', '孙丽', '市政府办'),
    await hire(administrator, 'liuyang', '刘洋', '编辑'),
  ];
  [keeper, colleague, editor] = [await sitDown(browser, house.address), await sitDown(browser, house.address), await sitDown(browser, house.address)];
  await begin(keeper, 'gaofei', temporary[0] ?? '');
  await begin(colleague, 'sunli', temporary[1] ?? '');
  await begin(editor, 'liuyang', temporary[2] ?? '');
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

interface Block { kind: string; title: string; items: { title?: string }[] }

/** The first page as a phone reads it. */
async function blocks(): Promise<Block[]> {
  return ((await (await keeper.request.get('/api/v1/home')).json()) as { blocks: Block[] }).blocks;
}

/** A day some days from now, as people type it. */
const dayIn = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date(Date.now() + days * 86_400_000));

async function open(page: Page): Promise<void> {
  await page.goto('/console/front');
  await settled(page);
}

/** Fills in the notice at a place. */
async function write(page: Page, at: number, notice: { title: string; text: string; until?: string }): Promise<void> {
  const row = page.getByRole('list', { name: /^公告/ }).getByRole('listitem').nth(at);
  await row.getByLabel('标题').fill(notice.title);
  await row.getByLabel('内容').fill(notice.text);
  if (notice.until) {
    await row.getByLabel('显示到').fill(notice.until);
    await row.getByLabel('显示到').press('Enter');
  }
}

const save = (page: Page) => page.getByRole('button', { name: '保存', exact: true }).click();

describe('the first page', () => {
  test('is put into an order by the keyboard, with other titles; phones have it at once', async () => {
    await open(keeper);
    await both(keeper, 'front');
    await keeper.getByRole('button', { name: /移动“政策解读”/ }).press('ArrowUp');
    expect(await keeper.evaluate('document.activeElement?.getAttribute("aria-label")')).toContain('现在第 3 位');
    await keeper.getByRole('switch', { name: '显示“民生专题”' }).press('Space');
    await keeper.getByLabel('“最新政策”的标题').fill('新出台的文件');
    await save(keeper);
    await keeper.getByText('手机首页立即更新').waitFor();
    const now = await blocks();
    expect(now.map((b) => b.kind)).toEqual(['interpretations', 'policies', 'meetings', 'gazettes', 'consultations', 'events', 'words']);
    expect(now[1]?.title).toBe('新出台的文件');
  });

  test('says at its place what a notice lacks, and shows one until its day', async () => {
    await open(keeper);
    await keeper.getByRole('button', { name: '加一条公告' }).click();
    await save(keeper);
    await keeper.getByText('公告标题请写 1 到 30 个字').waitFor();
    await both(keeper, 'front-wrong');
    await write(keeper, 0, { title: '系统维护公告：本周日凌晨停机升级，期间暂停登录和提交，请提前办理', text: '11月29日 0:00 至 6:00 停机升级。\n查阅文件不受影响。', until: dayIn(3) });
    await keeper.getByRole('button', { name: '加一条公告' }).click();
    await write(keeper, 1, { title: '国庆放假安排', text: '10 月 1 日至 8 日放假。', until: dayIn(-30) });
    await keeper.getByText('已过期，居民看不到').waitFor();
    await both(keeper, 'front-notices');
    await save(keeper);
    await keeper.getByText('手机首页立即更新').waitFor();
    const first = (await blocks())[0];
    expect([first?.kind, first?.items.length]).toEqual(['notice', 1]);
  });

  test('shows who was slower what is there now', async () => {
    await open(keeper);
    await open(colleague);
    await colleague.getByLabel('“最新政策”的标题').fill('同事改的标题');
    await save(colleague);
    await colleague.getByText('手机首页立即更新').waitFor();
    await keeper.getByLabel('“最新政策”的标题').fill('我改的标题');
    await save(keeper);
    await keeper.getByRole('dialog').getByText('同事改的标题').waitFor();
    await look(keeper, 'front-stale');
    await keeper.keyboard.press('Escape'); // the question stays
    await keeper.getByRole('dialog').getByRole('button').last().click();
    await save(keeper);
    await keeper.getByText('手机首页立即更新').waitFor();
    expect((await blocks()).map((b) => b.title)).toContain('我改的标题');
  });

  test('may be looked at by editors, and not changed', async () => {
    await open(editor);
    await editor.getByText('首页由市政府办维护').waitFor();
    await both(editor, 'front-read');
    expect(await editor.getByRole('button', { name: '保存', exact: true }).count()).toBe(0);
  });
});

describe('the mini program in a browser', () => {
  test('is told that people of the simulator may stand in, and lets one sign in', async () => {
    const phone = await sitDown(browser, house.address, 375);
    await phone.goto('/m/');
    const name = await phone.evaluate(async () => {
      const read = async (path: string, init?: RequestInit) => (await fetch(path, init)).json();
      const city = await read('/api/v1/city');
      const [person] = await read('/sim/control/api/people');
      const { code } = await read(`/sim/control/api/people/${encodeURIComponent(person.name)}/login-code`, { method: 'POST' });
      const body = JSON.stringify({ code, device: '浏览器' });
      const entry = await read('/api/v1/login', { method: 'POST', body, headers: { 'Content-Type': 'application/json' } });
      return city.stand_in && entry.token ? person.name : '';
    });
    expect(name).toBe('王芳');
  });
});
