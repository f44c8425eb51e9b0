import { expect, it } from 'vitest';
import { nameOf, targetOf } from './target';

it('what was typed is a number where it looks like one, else a title', () => {
  for (const number of ['鸢政发〔2026〕12号', '国办发[2018]123号', '鸢政办字（2019）第7号']) {
    expect(targetOf(` ${number} `)).toMatchObject({ target_number: number, target_title: '' });
  }
  expect(targetOf('《中华人民共和国数据安全法》')).toMatchObject({ target_title: '中华人民共和国数据安全法' });
  expect(targetOf('关于印发《办法》的通知')).toMatchObject({
    target_title: '关于印发《办法》的通知',
    target_number: '',
  });
});

it('is shown by its title and its number', () => {
  expect(nameOf({ target_title: '办法', target_number: '鸢政发〔2026〕12号' })).toBe('《办法》 鸢政发〔2026〕12号');
  expect(nameOf({ target_id: '', target_title: '', target_number: '' })).toBe('');
});
