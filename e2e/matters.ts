/** Policies that an office makes public without anybody looking on, for matters to join. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { offices } from './meetings';
import type { Office } from './office';

interface Draft { id: string; version: number }

async function ask<T>(who: Page, path: string, data: object, draft?: Draft): Promise<T> {
  const headers: Record<string, string> = { 'Idempotency-Key': randomUUID() };
  if (draft) headers['If-Match'] = `"${draft.version}"`;
  const answer = await who.request.post(`/admin/v1/policies${path}`, { data, headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as T;
}

/** Makes a policy public, and gives its ID. */
export async function issue(office: Pick<Office, 'editor' | 'reviewer'>, title: string, number: string, day: string): Promise<string> {
  const own = (await offices(office)).get('鸢都市数据局');
  const content = {
    title, doc_number: number, written_date: day, published_date: day, effective_date: day, department_ids: [own], topic_ids: ['housing'], no_interpretation: '内容简明',
    body: [{ kind: 'text', text: '第一条　为了规范物业管理，制定本办法。' }, { kind: 'text', text: '第二条　物业服务收费公开透明。' }],
  };
  const draft = await ask<Draft>(office.editor, '', { department_id: own, content });
  const submitted = await ask<Draft>(office.editor, `/${draft.id}/submit`, {}, draft);
  await ask(office.reviewer, `/${draft.id}/sign`, { no_secret: true, attribute: 'open', tell: true, why: '新办法' }, submitted);
  return draft.id;
}
