/** Meetings that an office makes public without anybody looking on. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Office } from './office';

interface Draft { id: string; version: number; content: Content }

export interface Item {
  id?: string;
  title: string;
  decision?: string;
  responsible_ids?: string[];
  reporter_ids?: string[];
  topic_ids?: string[];
  body?: { kind: 'text'; text: string }[];
  video_url?: string;
  withheld?: boolean;
  ground?: string;
}

export interface Content {
  column_id: string;
  title: string;
  day: string;
  items: Item[];
  term?: string;
  number?: number;
  begins?: string;
  place?: string;
  chair?: string;
  guests?: string;
  department_ids?: string[];
  body?: { kind: 'text'; text: string }[];
}

type Desk = Pick<Office, 'editor' | 'reviewer'>;

async function ask<T>(who: Page, method: 'get' | 'post' | 'put', path: string, data?: object, draft?: Draft): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': randomUUID() };
  if (draft) headers['If-Match'] = `"${draft.version}"`;
  const answer = await who.request[method](`/admin/v1/meetings${path}`, { ...(data && { data }), headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as T;
}

/** Has a working copy reviewed and signed; what the checks ask is excused. */
async function release({ editor, reviewer }: Desk, draft: Draft, note = ''): Promise<string> {
  const { items } = await ask<{ items: { number: number; severity: string }[] }>(editor, 'get', `/${draft.id}/checks`);
  const excuses = items.filter((f) => f.severity === 'ask').map((f) => ({ finding: f.number, reason: '会后补充' }));
  const submitted = await ask<Draft>(editor, 'post', `/${draft.id}/submit`, { excuses }, draft);
  const word = { no_secret: true, attribute: 'open', tell: true, why: '会议公开', ...(note && { note }) };
  await ask(reviewer, 'post', `/${draft.id}/sign`, word, submitted);
  return draft.id;
}

/** The offices by their names. */
export async function offices({ editor }: Pick<Desk, 'editor'>): Promise<Map<string, string>> {
  const { items } = (await (await editor.request.get('/admin/v1/departments')).json()) as { items: { id: string; name: string }[] };
  return new Map(items.map((o) => [o.name, o.id]));
}

/** Makes a meeting public, and gives its ID. */
export async function convene(desk: Desk, content: Content): Promise<string> {
  const own = (await offices(desk)).get('鸢都市数据局');
  return release(desk, await ask<Draft>(desk.editor, 'post', '', { department_id: own, content }));
}

/** Changes what is public of a meeting. */
export async function correct(desk: Desk, id: string, note: string, change: (content: Content) => void): Promise<void> {
  const now = await ask<Draft>(desk.editor, 'get', `/${id}`);
  const reopened = await ask<Draft>(desk.editor, 'post', `/${id}/reopen`, undefined, now);
  change(reopened.content);
  await release(desk, await ask<Draft>(desk.editor, 'put', `/${id}`, { content: reopened.content }, reopened), note);
}

/** Takes a meeting back. */
export async function takeBack({ reviewer }: Desk, id: string, reason: string): Promise<void> {
  const now = await ask<Draft>(reviewer, 'get', `/${id}`);
  await ask(reviewer, 'post', `/${id}/withdraw`, { reason }, now);
}
