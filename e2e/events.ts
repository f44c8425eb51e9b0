/** Events that an office makes public without anybody looking on. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Office } from './office';
import { offices } from './meetings';

interface Draft { id: string; version: number; content: Content }

export interface Content {
  kind: string;
  title: string;
  begins: string;
  ends: string;
  place: string;
  audience: string;
  contacts?: string;
  address?: string;
  department_ids?: string[];
  body?: { kind: 'text'; text: string }[];
  sign_up?: Record<string, unknown>;
  cancelled?: string;
  report?: { kind: 'text'; text: string }[];
  result?: string;
}

type Desk = Pick<Office, 'editor' | 'reviewer'>;

/** A moment so many minutes from now, as working copies hold it. */
export const minutes = (from: number) => new Date(Date.now() + 8 * 3600_000 + from * 60_000).toISOString().slice(0, 16);

async function ask<T>(who: Page, method: 'get' | 'post' | 'put', path: string, data?: object, draft?: Draft): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': randomUUID() };
  if (draft) headers['If-Match'] = `"${draft.version}"`;
  const answer = await who.request[method](`/admin/v1/events${path}`, { ...(data && { data }), headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as T;
}

async function release({ editor, reviewer }: Desk, draft: Draft): Promise<string> {
  const submitted = await ask<Draft>(editor, 'post', `/${draft.id}/submit`, { excuses: [] }, draft);
  const word = { no_secret: true, attribute: 'open', tell: true, why: '活动', note: '更正' };
  await ask(reviewer, 'post', `/${draft.id}/sign`, word, submitted);
  return draft.id;
}

/** Makes an event public, and gives its ID. */
export async function announce(desk: Desk, content: Content): Promise<string> {
  const own = (await offices(desk)).get('鸢都市数据局') ?? '';
  const whole = { department_ids: [own], ...content };
  return release(desk, await ask<Draft>(desk.editor, 'post', '', { department_id: own, content: whole }));
}

/** Changes what is public of an event. */
export async function change(desk: Desk, id: string, edit: (content: Content) => void): Promise<void> {
  const now = await ask<Draft>(desk.editor, 'get', `/${id}`);
  const reopened = await ask<Draft>(desk.editor, 'post', `/${id}/reopen`, undefined, now);
  edit(reopened.content);
  await release(desk, await ask<Draft>(desk.editor, 'put', `/${id}`, { content: reopened.content }, reopened));
}
