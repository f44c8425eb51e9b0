import { expect, test } from 'vitest';
import { numbersIn } from './basis';

test('document numbers are found in what an answer rests on', () => {
  expect(numbersIn('鸢政发〔2022〕11号 第三条')).toEqual(['鸢政发〔2022〕11号']);
  expect(numbersIn('根据国办发〔2018〕123号、鸢建发〔2026〕8号第五条，见鸢建发〔2026〕8号')).toEqual(['国办发〔2018〕123号', '鸢建发〔2026〕8号']);
  expect(numbersIn('《物业管理条例》第十二条')).toEqual([]);
});
