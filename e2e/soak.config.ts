import { defineConfig } from 'vitest/config';

/** The long trials that need a browser: make soak NAME=miniprogram plays them, alone on the machine. */
export default defineConfig({ test: { include: ['*.soak.ts'], testTimeout: 1_200_000, hookTimeout: 300_000, maxWorkers: 1 } });
