import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that need what a compiler makes: `npm run test:lambda`. */
const LAMBDA = '{function,cli,deploy}/**/*.lambda.test.ts';

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'lambda' ? [LAMBDA] : ['{function,cli,deploy,bench}/**/*.test.ts'],
    exclude: mode === 'lambda' ? configDefaults.exclude : [...configDefaults.exclude, LAMBDA],
    globalSetup: ['./function/testing/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest leaves one core free; most tests here wait for other processes.
    maxWorkers: Math.max(3, availableParallelism()),
  },
}));
