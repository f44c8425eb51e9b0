import { expect, test } from 'vitest';
import { isTwice } from './twice';

test('two taps of an unsteady hand are one; a quick one who was elsewhere meanwhile is heard', () => {
  const [send, back] = [{}, {}];
  const pressed = (thing: object, at: number) => !isTwice(thing, at);
  expect([pressed(send, 1000), pressed(send, 1200), pressed(send, 1500)]).toEqual([true, false, true]);
  expect([pressed(back, 1600), pressed(send, 1700)]).toEqual([true, true]);
});
