import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{function,cli,deploy,bench}/**/*.test.ts'],
    globalSetup: ['./function/testing/build.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest leaves one core free; most tests here wait for other processes.
    maxWorkers: Math.max(3, availableParallelism()),
  },
});
