import { expect, test } from 'vitest';
import { csv } from './csv';

test('a spreadsheet reads what was written, and calculates nothing', () => {
  expect(csv([['日期', '养老'], ['2026-11-27', 12]])).toBe('\uFEFF日期,养老\r\n2026-11-27,12\r\n');
  expect(csv([['市"双招双引"办，一处', '=1+1', -3]])).toBe('\uFEFF"市""双招双引""办，一处","\'=1+1",-3\r\n');
});
