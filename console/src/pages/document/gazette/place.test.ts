import { expect, it } from 'vitest';
import { placeIn, retitled } from './place';

it('has the title of an issue follow its number', () => {
  const [before, now] = [placeIn({ year: 2019, number: 2 }), placeIn({ year: 2019, number: 12 })];
  expect(retitled('鸢都市人民政府公报 2019年第2期', before, now)).toBe('鸢都市人民政府公报 2019年第12期');
  expect(retitled('公报特刊', before, now)).toBe('公报特刊');
  expect(retitled('公报 2019年第2期', before, placeIn({ year: 2019, number: 0 }))).toBe('公报 2019年第2期');
});
