import { expect, test } from 'vitest';
import { coreOf, fieldChanges, filled, itemChanges, proposed } from './filling';
import type { MeetingDraft } from '@/api/documents';

const agenda: MeetingDraft = {
  title: '第63次常务会议',
  day: '2026-11-05',
  place: '',
  department_ids: ['zhengfuban'],
  items: [
    { id: '1', title: '审议《鸢都市供热管理办法（草案）》', reporter_ids: ['zhujian'], responsible_ids: ['zhujian'] },
    { id: '2', title: '研究某项设施选址', withheld: true, ground: '第十四条' },
    { id: '3', title: '听取养老服务工作情况汇报', decision: '先行公开的内容。' },
  ],
};
const read: MeetingDraft = {
  title: '市十八届人民政府第63次常务会议',
  day: '2026-11-05',
  place: '第一会议室',
  department_ids: ['zhujian'],
  items: [
    { title: '关于《鸢都市供热管理办法》', decision: '会议通过。', responsible_ids: ['zhujian', 'caizheng'] },
    { title: '关于某项设施选址', decision: '选在北山。' },
    { title: '养老服务工作', decision: '会议要求完善补贴。' },
    { title: '部署冬季安全生产', decision: '会议要求检查。' },
  ],
};

test('a title is the same however agenda and minutes put it', () => {
  expect(coreOf('审议《鸢都市供热管理办法（修订草案）》')).toBe(coreOf('关于《鸢都市供热管理办法》'));
  expect(coreOf('听取养老服务工作情况汇报')).toBe('养老服务');
  expect(coreOf('研究冬季供暖')).not.toBe(coreOf('研究春季造林'));
});

test('fields are told that differ, and whether something stands there', () => {
  expect(fieldChanges(agenda, read)).toEqual([
    { field: 'title', taken: true },
    { field: 'place', taken: false },
    { field: 'department_ids', taken: false },
  ]);
});

test('items find their place on the agenda; what is withheld stays withheld', () => {
  expect(itemChanges(agenda, read).map(({ into, withheld, taken }) => ({ into, withheld, taken }))).toEqual([
    { into: 0, withheld: false, taken: false },
    { into: 1, withheld: true, taken: false },
    { into: 2, withheld: false, taken: true },
    { into: -1, withheld: false, taken: false },
  ]);
});

test('what is proposed takes no other text its place', () => {
  const items = itemChanges(agenda, read);
  const chosen = proposed(fieldChanges(agenda, read), items);
  const now = filled(agenda, read, chosen);
  expect(now).toMatchObject({ title: agenda.title, place: '第一会议室', department_ids: ['zhengfuban', 'zhujian'] });
  expect(now.items).toHaveLength(4);
  expect(now.items?.[0]).toMatchObject({ id: '1', title: agenda.items?.[0]?.title, decision: '会议通过。', responsible_ids: ['zhujian', 'caizheng'] });
  expect(now.items?.[1]).toEqual(agenda.items?.[1]);
  expect(now.items?.[2]?.decision).toBe('先行公开的内容。');
  expect(now.items?.[3]).toMatchObject({ title: '部署冬季安全生产' });
});

test('somebody may choose what takes the place of another text, but never what is withheld', () => {
  const items = itemChanges(agenda, read);
  const now = filled(agenda, read, { fields: ['title'], items });
  expect(now.title).toBe(read.title);
  expect(now.items?.[2]?.decision).toBe('会议要求完善补贴。');
  expect(JSON.stringify(now)).not.toContain('北山');
});

test('topics are proposed where nobody has chosen any', () => {
  const chosen: MeetingDraft = { title: '', items: [{ title: '研究冬季供暖', topic_ids: ['relief'] }, { title: '研究停车' }] };
  const minutes: MeetingDraft = {
    title: '',
    items: [
      { title: '研究冬季供暖', topic_ids: ['housing'] },
      { title: '研究停车', topic_ids: ['transport', 'safety'] },
    ],
  };
  const items = itemChanges(chosen, minutes);
  expect(items.map((i) => i.topics)).toEqual([[], ['transport', 'safety']]);
  const some = items.map((i) => ({ ...i, topics: i.topics.slice(0, 1) }));
  const now = filled(chosen, minutes, { fields: [], items: some });
  expect(now.items?.map((i) => i.topic_ids)).toEqual([['relief'], ['transport']]);
});
