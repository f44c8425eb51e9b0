import { describe, expect, it } from 'vitest';
import { choose, given, opinionWrong, whenSaid } from './consultations';

const open = { phase: 'open' as const, opens: '2026-11-24', closes: '2026-12-23', days_left: 5, days_late: 0 };

describe('when something can be said', () => {
  it('counts the days that are left, and names the last one', () => {
    expect(whenSaid(open)).toBe('还有 5 天，2026年12月23日当天结束');
    expect(whenSaid({ ...open, days_left: 1 })).toBe('今天最后一天，2026年12月23日当天结束');
  });

  it('says for how long it is not told what became of it', () => {
    expect(whenSaid({ ...open, phase: 'closed', days_left: 0, days_late: 12 })).toBe('采纳情况尚未公布，已 12 天');
  });
});

describe('an opinion', () => {
  it('needs a stance, and words but for who is for it', () => {
    expect(opinionWrong({ stance: '', text: '好', wording: '' })).toBe('请选您的态度。');
    expect(opinionWrong({ stance: 'against', text: ' ', wording: '' })).toBe('请写下您的意见，或者您建议的表述。');
    expect(opinionWrong({ stance: 'support', text: '', wording: '' })).toBe('');
    expect(opinionWrong({ stance: 'change', text: '', wording: '改成五天' })).toBe('');
  });

  it('is told by how much it is too long, emoji counted as one', () => {
    expect(opinionWrong({ stance: 'change', text: '😀'.repeat(5003), wording: '' })).toBe('多了 3 个字，请缩短。');
  });
});

describe('an answer to a question', () => {
  it('is one option, or several in their order', () => {
    const one = { id: 'q', kind: 'one' as const, text: '', options: ['有', '没有'] };
    expect(choose(one, { question_id: 'q', options: [0] }, 1).options).toEqual([1]);
    const some = { ...one, kind: 'some' as const };
    expect(choose(some, { question_id: 'q', options: [1] }, 0).options).toEqual([0, 1]);
    expect(choose(some, { question_id: 'q', options: [0, 1] }, 0).options).toEqual([1]);
  });

  it('counts where something is said', () => {
    expect(given([{ question_id: 'a', text: ' ' }, { question_id: 'b', scale: 3 }])).toHaveLength(1);
  });
});
