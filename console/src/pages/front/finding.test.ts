import { expect, it } from 'vitest';
import { freshId, wrongIn } from './finding';
import type { Front } from '@/api/front';
import { frontWords } from '@/locale/zh-CN';

const say = frontWords.wrong;
const front = (): Front => ({
  blocks: [
    { id: 'topics', title: '民生专题', shown: true },
    { id: 'policies', title: '最新政策', shown: false },
  ],
  notices: [{ id: 'n0', title: '系统维护', text: '周日停机。\n请提前办理。', until: '2026-11-29' }],
});

it('finds nothing wrong with a first page as it should be', () => {
  expect(wrongIn(front(), say)).toEqual({});
});

it('complains at the place of each thing that is wrong', () => {
  const page = front();
  page.blocks = page.blocks.map((b) => ({ ...b, title: '长'.repeat(13), shown: false }));
  page.notices = [
    { id: 'n0', title: '  ', text: '长'.repeat(301), until: '' },
    { id: 'n1', title: '放假', text: '一'.repeat(300), until: '2026-10-01' },
  ];
  expect(wrongIn(page, say)).toEqual({
    'blocks.0.title': say.title,
    'blocks.1.title': say.title,
    'blocks.0.shown': say.empty,
    'notices.0.title': say.noticeTitle,
    'notices.0.text': say.text,
    'notices.0.until': say.until,
  });
});

it('gives a new notice an ID that none has, whatever their order', () => {
  expect(freshId([])).toBe('n0');
  expect(freshId([{ id: 'n3' }, { id: 'n1' }])).toBe('n4');
});
