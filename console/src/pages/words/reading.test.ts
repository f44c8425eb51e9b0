import { expect, it } from 'vitest';
import { textIn } from './reading';

it('reads what spreadsheets write: UTF-8, GB 18030 and UTF-16', () => {
  expect(textIn(new TextEncoder().encode('布署 → 部署'))).toBe('布署 → 部署');
  expect(textIn(Uint8Array.from([0xb2, 0xbc, 0xca, 0xf0, 0x2c, 0xb2, 0xbf, 0xca, 0xf0]))).toBe('布署,部署');
  expect(textIn(Uint8Array.from([0xff, 0xfe, 0x03, 0x5e, 0x72, 0x7f]))).toBe('布署');
});

it('reads nothing from what is no text', () => {
  expect(textIn(Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0x00]))).toBeUndefined();
  expect(textIn(Uint8Array.from([0xff, 0xff, 0xff, 0xff]))).toBeUndefined();
});
