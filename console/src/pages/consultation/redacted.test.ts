import { describe, expect, it } from 'vitest';
import { redacted } from './redacted';

describe('what may stand in public', () => {
  it('has a stand-in where a person is told of', () => {
    const text = '我电话13800001234，物业费太高';
    const spans = [{ kind: 'phone', from: 3, length: 11, instead: '某号码' }];
    expect(redacted({ text, spans })).toBe('我电话某号码，物业费太高');
  });

  it('is the text itself where nobody is told of', () => {
    expect(redacted({ text: '物业费太高', spans: [] })).toBe('物业费太高');
  });
});
