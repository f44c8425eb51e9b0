import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 3, // each has a house and a browser of its own, and waits a third of its time: the machine has two cores
  },
});
