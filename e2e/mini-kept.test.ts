/** What one keeps besides policies: meetings, their items, consultations, events and matters; each is told of where it is wrong. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser';
import { openHouse, type House } from './house';
import { arrived, look, signInAs, takePhone } from './phone';

let house: House;
let browser: Browser;
let page: Page;

interface Listed { id: string; title: string }
interface Document { page: string; kind: string; id: string; title: string }
const documents: Document[] = [];

async function all(path: string): Promise<Listed[]> {
  return ((await (await page.request.get(`/api/v1/${path}`)).json()) as { items: Listed[] }).items;
}

/** The sample's: one of each kind, all of one thing where that can be. */
async function gather(): Promise<void> {
  const [consultation] = (await all('consultations')).filter((c) => c.title.includes('电动自行车'));
  const [event] = (await all('events')).filter((e) => e.title.includes('充电棚'));
  const [matter] = await all(`matters?of=event:${event?.id}`);
  const meeting = (await all('meetings')).find((m) => 'items' in m && (m.items as Listed[]).length > 0);
  const [item] = (meeting as unknown as { items: Listed[] }).items;
  for (const [kind, path, of] of [
    ['meeting', 'meeting/meeting', meeting], ['agenda_item', 'meeting/item', item], ['consultation', 'consultation/consultation', consultation],
    ['event', 'event/event', event], ['matter', 'matter/matter', matter],
  ] as const) {
    documents.push({ kind, page: `/m/packages/${path}?id=${of?.id}`, id: of?.id ?? '', title: of?.title ?? '' });
  }
}

beforeAll(async () => {
  house = await openHouse();
  browser = await openBrowser();
  ({ page } = await takePhone(browser, house.address));
  await page.goto('/m/packages/account/signin');
  await signInAs(page, '王芳');
  await gather();
});

afterAll(async () => {
  await browser?.close();
  await house?.stop();
});

test('a resident keeps one of each, and finds them all again', async () => {
  for (const d of documents) {
    await page.goto(d.page);
    await arrived(page);
    await page.getByRole('button', { name: '收藏', exact: true }).click();
    await page.getByRole('button', { name: '已收藏' }).waitFor();
    await look(page, `kept-${d.kind}`);
  }
  await page.goto('/m/packages/account/favourites');
  await page.getByText(`共 ${documents.length} 份`).waitFor();
  await look(page, 'kept-all');
  for (const d of documents) {
    await page.goto('/m/packages/account/favourites');
    await page.getByRole('link', { name: d.title }).first().click();
    await page.getByRole('heading', { level: 1, name: d.title }).waitFor();
  }
});

test('says at each what is wrong, and the house knows of what', async () => {
  for (const d of documents) {
    await page.goto(d.page);
    await arrived(page);
    await page.getByRole('link', { name: '报告文字有误' }).click();
    await page.getByText(d.title).first().waitFor();
    if (d.kind === 'event') await look(page, 'report-event');
    await page.getByRole('textbox', { name: '哪里不对，应该是什么' }).fill(`标题里有一个错字：${d.kind}`);
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByText('已收到').waitFor();
  }
  await page.goto('/m/packages/feedback/mine');
  for (const d of documents) await page.getByText(`标题里有一个错字：${d.kind}`).waitFor();
  await look(page, 'reported-all');
});

test('for who wants it large, all of them fit', async () => {
  const { page: elder } = await takePhone(browser, house.address, { elder: true });
  for (const d of documents) {
    await elder.goto(d.page);
    await arrived(elder);
    await look(elder, `kept-${d.kind}-elder`);
  }
  expect(documents).toHaveLength(5);
  await elder.context().close();
});
