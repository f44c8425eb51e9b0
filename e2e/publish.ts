/** Documents that an office publishes without anybody looking on. */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Office } from './office';

interface Draft { id: string; version: number }

async function act(who: Page, path: string, data: object, draft?: Draft): Promise<Draft> {
  const headers: Record<string, string> = { 'Idempotency-Key': randomUUID() };
  if (draft) headers['If-Match'] = `"${draft.version}"`;
  const answer = await who.request.post(`/admin/v1/policies${path}`, { data, headers });
  expect(answer.status(), await answer.text()).toBeLessThan(300);
  return (await answer.json()) as Draft;
}

/** Of which office it is, and whose document it ends, is said where it matters. */
interface About { title: string; number: string; topic: string; urgent?: string; office?: string; repeals?: string }

async function inReview({ editor }: Pick<Office, 'editor'>, { title, number, topic, office = '鸢都市数据局', repeals }: About): Promise<Draft> {
  const offices = (await (await editor.request.get('/admin/v1/departments')).json()) as { items: { id: string; name: string }[] };
  const own = offices.items.find((o) => o.name === office)?.id;
  const content = {
    title, doc_number: number, topic_ids: [topic], department_ids: [own], written_date: '2026-11-20', no_interpretation: '事务性通知，内容简明',
    relations: repeals ? [{ kind: 'repeals', target_id: repeals }] : [],
    body: [{ kind: 'text', text: '第一条　老人在社区食堂用餐，每餐补贴三元。' }, { kind: 'text', text: '第二条　本办法自公布之日起施行。' }],
  };
  const draft = await act(editor, '', { department_id: own, content });
  return act(editor, `/${draft.id}/submit`, {}, draft);
}

/** Hands a document about a topic to review, and gives its ID. */
export async function submit(office: Pick<Office, 'editor'>, about: About): Promise<string> {
  return (await inReview(office, about)).id;
}

/** Publishes a document about a topic, whose followers are told, and gives its ID. */
export async function publish(office: Pick<Office, 'editor' | 'reviewer'>, about: About): Promise<string> {
  const draft = await inReview(office, about);
  const word = { no_secret: true, attribute: 'open', tell: true, why: '新的补贴，影响办事', urgent: about.urgent ?? '' };
  await act(office.reviewer, `/${draft.id}/sign`, word, draft);
  return draft.id;
}
