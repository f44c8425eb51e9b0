import { describe, expect, it } from 'vitest';
import { isDay } from './day';
import { kindsOf, readNotice, workdaysIn } from './holiday';

/** 国办发明电〔2024〕12号, as it was published. */
const of2025 = `一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。`;

describe('a notice as it is pasted', () => {
  const notice = readNotice(of2025, 2025);

  it('gives the days off, with the names it calls them by', () => {
    expect(notice.off).toEqual([
      { name: '元旦', from: '2025-01-01', until: '2025-01-01' },
      { name: '春节', from: '2025-01-28', until: '2025-02-04' },
      { name: '清明节', from: '2025-04-04', until: '2025-04-06' },
      { name: '劳动节', from: '2025-05-01', until: '2025-05-05' },
      { name: '端午节', from: '2025-05-31', until: '2025-06-02' },
      { name: '国庆节、中秋节', from: '2025-10-01', until: '2025-10-08' },
    ]);
  });

  it('gives the weekends that are worked', () => {
    expect(notice.makeup).toEqual(['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11']);
    expect(notice.unread).toEqual([]);
  });

  it('can begin in the December before', () => {
    const { off, makeup } = readNotice('一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。', 2023);
    expect(off).toEqual([{ name: '元旦', from: '2022-12-31', until: '2023-01-02' }]);
    expect(makeup).toEqual([]);
  });

  it('shows the lines in which it found dates and understood nothing', () => {
    expect(readNotice('请各单位于3月5日前报送值班表。', 2026)).toEqual({
      off: [],
      makeup: [],
      unread: ['请各单位于3月5日前报送值班表。'],
    });
  });

  it('takes full-width figures and spaces', () => {
    expect(readNotice('三、清明节：４月４日 至 ６日 放假，共３天。', 2026).off[0]).toEqual({
      name: '清明节',
      from: '2026-04-04',
      until: '2026-04-06',
    });
  });

  it('never gives a day that does not exist, whatever is pasted', () => {
    for (const text of madeUp(400)) {
      const { off, makeup } = readNotice(text, 2026);
      expect([...off.flatMap((o) => [o.from, o.until]), ...makeup].every(isDay)).toBe(true);
      expect(off.every((o) => o.from <= o.until)).toBe(true);
    }
  });
});

/** Notices of pieces in any order, always the same ones. */
function* madeUp(count: number): Generator<string> {
  const pieces = [
    '2月30日',
    '13月1日',
    '1月1日',
    '至',
    '（周三）',
    '放假',
    '上班',
    '。',
    '、',
    '2027年',
    '0月0日',
    '：',
    '\n',
    '春节',
    '99日',
  ];
  let seed = 7;
  const next = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
  for (let i = 0; i < count; i++) yield Array.from({ length: 12 }, () => pieces[next() % pieces.length]).join('');
}

it('2025 had 248 working days', () => {
  const { off, makeup } = readNotice(of2025, 2025);
  expect(workdaysIn(2025, off, makeup)).toBe(248);
});

it('says of every day what it is', () => {
  const kindOf = kindsOf([{ name: '春节', from: '2025-01-28', until: '2025-02-04' }], ['2025-01-26']);
  expect(kindOf('2025-01-29')).toEqual({ kind: 'off', name: '春节' });
  expect(kindOf('2025-01-26').kind).toBe('makeup');
  expect(kindOf('2025-01-25').kind).toBe('weekend');
  expect(kindOf('2025-01-27').kind).toBe('work');
});
