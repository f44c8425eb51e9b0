/** The people of the government who see to a letter, asked through the console's own addresses. */
import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { sitDown } from './browser';
import type { House } from './house';
import { begin, hire } from './staff';

export const office = '鸢都市住房和城乡建设局';

interface Record { id: string; version: number; state: string; number: string; text: string; round: number; files: { id: string; name: string; media_type: string }[] }

export interface Handlers {
  centre: Page;
  clerk: Page;
  other: Page; // of the same office: what is handled once more is another person's
  head: Page;
}

/** Opens their accounts, and lets each sit down at a desk. */
export async function openHandlers(browser: Browser, house: House): Promise<Handlers> {
  const made = house.run('staff', 'add', 'wangmin', '王敏');
  const first = await sitDown(browser, house.address);
  await begin(first, 'wangmin', /临时密码  (\S+)/.exec(made)?.[1] ?? '');
  const hired: [login: string, name: string, role: string][] = [
    ['chenjing', '陈静', '受理中心'], ['liuyang', '刘洋', '承办'], ['zhaolei', '赵磊', '承办'], ['zhoufang', '周芳', '部门负责人'],
  ];
  const desks: Page[] = [];
  for (const [login, name, role] of hired) {
    const temporary = await hire(first, login, name, role, office);
    const desk = await sitDown(browser, house.address);
    await begin(desk, login, temporary);
    desks.push(desk);
  }
  await first.context().close();
  const [centre, clerk, other, head] = desks as [Page, Page, Page, Page];
  return { centre, clerk, other, head };
}

export async function read(who: Page, id: string): Promise<Record> {
  return (await (await who.request.get(`/admin/v1/letters/${id}`)).json()) as Record;
}

/** Does something to a letter as it stands now. */
export async function act(who: Page, id: string, method: 'post' | 'put', what: string, data: object = {}): Promise<void> {
  const { version } = await read(who, id);
  const headers = { 'Idempotency-Key': randomUUID(), 'If-Match': `"${version}"` };
  const answer = await who.request[method](`/admin/v1/letters/${id}/${what}`, { data, headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
}

/** The letter that came last to the Centre. */
export async function lastLetter(centre: Page): Promise<string> {
  const { items } = (await (await centre.request.get('/admin/v1/letters?box=all')).json()) as { items: { id: string }[] };
  return items[0]?.id ?? '';
}

/** Gives a letter to the office. */
export async function dispatch({ centre }: Handlers, id: string): Promise<void> {
  const { items } = (await (await centre.request.get('/admin/v1/departments')).json()) as { items: { id: string; name: string }[] };
  await act(centre, id, 'post', 'dispatch', { lead: items.find((o) => o.name === office)?.id ?? '' });
}

/** Answers it: somebody drafts, the head signs. */
export async function answer({ head }: Handlers, by: Page, id: string, said: { text: string; basis?: string; outcome: string }): Promise<void> {
  await act(by, id, 'put', 'reply', said);
  await act(head, id, 'post', 'sign');
}
