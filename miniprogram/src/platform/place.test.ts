import { expect, test } from 'vitest';
import { onMaps } from './place';

test('where a phone stands is shifted as the country’s maps are', () => {
  const { lat, lng } = onMaps(39.9087, 116.3975);
  expect(lat).toBeCloseTo(39.9101, 3);
  expect(lng).toBeCloseTo(116.4037, 3);
});
