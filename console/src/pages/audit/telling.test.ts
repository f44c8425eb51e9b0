import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { actorOf, tell } from './telling';
import type { AuditLine } from '@/api/audit';
import { auditSentences, auditWords } from '@/locale/zh-CN';

const line = (changed: Partial<AuditLine>): AuditLine => ({
  id: '1',
  seq: 1,
  at: '2026-11-23T06:05:00Z',
  act: 'staff.opened',
  details: null,
  address: '',
  request: '',
  link: '',
  actor: { kind: 'staff', id: 'w', name: '王洁' },
  object: { kind: 'staff', id: 'l', name: '李强' },
  ...changed,
});
const told = (changed: Partial<AuditLine>) => tell(line(changed), (id) => ({ zj: '市住建局' })[id] ?? id);

it('says what was done, to whom', () => {
  expect(actorOf(line({})) + told({})).toBe('王洁为李强开设了账号');
  expect(told({ act: 'staff.session_ended', object: { kind: 'staff', id: 'w', name: '王洁' } })).toBe(
    '让自己的一个登录退出',
  );
});

it('says roles by name and place, before and after', () => {
  const details = {
    before: [],
    after: [
      { role: 'editor', department_id: 'zj' },
      { role: 'dispatcher', department_id: '' },
    ],
  };
  expect(told({ act: 'staff.granted', details })).toBe('把李强的角色从“没有角色”改为“编辑（市住建局）、受理中心”');
});

it('says of residents that they are, not who', () => {
  const resident = line({
    act: 'resident.agreed',
    actor: { kind: 'resident', id: '01M8ATX3EWTW91YBHAP18RWRQK', name: '' },
    details: { version: 2 },
  });
  expect(actorOf(resident) + tell(resident, String)).toBe('居民 8RWRQK同意了隐私政策第 2 版');
});

it('tells an act that it does not know by its code', () => {
  expect(told({ act: 'meeting.held' })).toBe('做了 meeting.held（李强）');
});

it('has a sentence for every act that the house writes down', () => {
  const acts = new Set(
    goFiles('../../../../service').flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/(?:Act: |entry\()"([a-z]+\.[a-z_]+)"/g)].map((m) => m[1] ?? ''),
    ),
  );
  expect(acts.size).toBeGreaterThan(20);
  const ways = readFileSync(join(import.meta.dirname, '../../../../model/publication.go'), 'utf8');
  const steps = [...ways.matchAll(/PublicationAct = "([a-z]+)"/g)].map((m) => `publication.${m[1]}`);
  expect(steps.length).toBeGreaterThan(10);
  const feedback = readFileSync(join(import.meta.dirname, '../../../../model/feedback.go'), 'utf8');
  const taken = [...feedback.matchAll(/FeedbackStep = "([a-z]+)"/g)]
    .map((m) => m[1] ?? '')
    .filter((step) => !['reopened', 'closed', 'cut'].includes(step)); // they follow from others
  expect(taken.length).toBeGreaterThan(4);
  steps.push(...taken.map((step) => `feedback.${step}`));
  const desk = goFiles('../../../../service/letter').map((file) => readFileSync(file, 'utf8')).join('\n');
  const written = /(?:deskAct\{|s\.mine\(ctx, by, id, |note\(ctx, tx, by, l, )"([a-z_]+)"/g;
  const done = [...desk.matchAll(written)].map((m) => m[1]);
  expect(done.length).toBeGreaterThan(15);
  steps.push(...done.map((act) => `letter.${act}`));
  expect([...acts, ...steps].filter((act) => !(act in auditSentences))).toEqual([]);
});

it('filters by acts that there are', () => {
  const known = Object.keys(auditSentences);
  expect(Object.keys(auditWords.groups).filter((g) => !known.some((act) => act === g || act.startsWith(g)))).toEqual(
    [],
  );
});

function goFiles(folder: string): string[] {
  const root = join(import.meta.dirname, folder);
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .map((name) => join(root, name));
}
