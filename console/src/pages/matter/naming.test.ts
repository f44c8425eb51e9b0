import { expect, it } from 'vitest';
import { nameOf } from './naming';

it('a draft and what is issued in the end begin the same matter', () => {
  for (const title of [
    '鸢都市物业管理办法（征求意见稿）',
    '鸢都市物业管理办法',
    '关于印发《鸢都市物业管理办法（试行）》的通知',
    '审议《鸢都市物业管理办法（草案）》',
  ])
    expect(nameOf(title)).toBe('《鸢都市物业管理办法》的制定');
});

it('what is no rule keeps its title, as far as it fits', () => {
  expect(nameOf('鸢都市人民政府关于冬季供暖的通告')).toBe('鸢都市人民政府关于冬季供暖的通告');
  expect(nameOf('甲'.repeat(120))).toHaveLength(100);
});
