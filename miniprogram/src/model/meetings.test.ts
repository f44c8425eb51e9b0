import { expect, test } from 'vitest';
import type { MeetingItem } from '@/api/meeting';
import { agendaLines, byYear, dueSaid, grounds, neighbours, phaseTone, sessionBeside, yearsOf } from './meetings';

const item = (id: string, decided: boolean) => ({ id, title: `议题${id}`, decided, responsible: [] });
const meeting = (change: Partial<MeetingItem> = {}): MeetingItem => ({
  id: 'm1', title: '第63次常务会议', column: { id: 'executive', name: '市政府常务会议' }, session: '第63次', day: '2026-11-26', phase: 'held',
  phase_name: '', items: [item('a', true), item('b', false), item('c', false)], withheld: [], due: '2026-12-24', due_explanation: '', overdue: false,
  ...change,
});

test('an agenda stands in a few lines, and what is more is counted', () => {
  const { lines, rest } = agendaLines(meeting({ withheld: ['第十四条'] }), 2);
  expect(lines.map((l) => l.state)).toEqual(['已公开议定事项', '待公开']);
  expect(rest).toBe('还有 1 项议题，另有 1 项依法不公开');
  expect(agendaLines(meeting(), 3).rest).toBe('');
});

test('before a meeting nothing waits to be public', () => {
  expect(agendaLines(meeting({ phase: 'announced' }), 3).lines[1]?.state).toBe('会后公开');
});

test('until when decisions are due is said as the meeting stands', () => {
  expect(dueSaid(meeting({ phase: 'announced' }))).toBe('开会以后，议定事项最迟2026年12月24日公开');
  expect(dueSaid(meeting())).toBe('已召开，议定事项将在2026年12月24日前公开');
  expect(dueSaid(meeting({ phase: 'decided' }))).toBe('其余议定事项将在2026年12月24日前公开');
  expect(dueSaid(meeting(), true)).toBe('这一项的议定事项将在2026年12月24日前公开');
  expect(dueSaid(meeting({ overdue: true }))).toContain('已经过期');
  expect(dueSaid(meeting({ due: '' }))).toBe('');
});

test('a meeting of which nothing is to be public is not one that waits', () => {
  expect(phaseTone(meeting())).toBe('amber');
  expect(phaseTone(meeting({ due: '', items: [] }))).toBe('plain');
});

test('the count of a meeting is said once', () => {
  expect(sessionBeside({ title: '十八届市政府第63次常务会议', session: '十八届第63次' })).toBe('');
  expect(sessionBeside({ title: '十八届市政府第63次常务会议', session: '十八届第6次' })).toBe('十八届第6次');
  expect(sessionBeside({ title: '市政府常务会议', session: '十八届第63次' })).toBe('十八届第63次');
  expect(sessionBeside({ title: '供热专题会议', session: '' })).toBe('');
});

test('the same ground is told once', () => {
  expect(grounds(meeting({ withheld: ['第十四条', '第十六条', '第十四条'] }))).toEqual([
    { law: '第十四条', items: 2 },
    { law: '第十六条', items: 1 },
  ]);
});

test('an item has neighbours, but for the ends', () => {
  const at = (id: string) => neighbours(meeting(), id);
  expect([at('a').before, at('a').after?.id]).toEqual([undefined, 'b']);
  expect([at('c').at, at('c').of, at('c').before?.id, at('c').after]).toEqual([3, 3, 'b', undefined]);
  expect(at('gone').after).toBeUndefined();
});

test('years are those of the column, each once, and head what was held in them', () => {
  const columns = [
    { id: 'executive', years: [2026, 2025] },
    { id: 'heating', years: [2025, 2024] },
    { id: 'safety', years: null },
  ];
  expect(yearsOf(columns, '')).toEqual([2026, 2025, 2024]);
  expect(yearsOf(columns, 'heating')).toEqual([2025, 2024]);
  expect(byYear([{ day: '2026-11-26' }, { day: '2026-01-02' }, { day: '2025-12-30' }]).map((g) => g.items.length)).toEqual([2, 1]);
});
