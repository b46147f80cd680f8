import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/** Tests that need what a compiler makes: `npm run test:lambda`. */
const LAMBDA = '{function,cli,deploy}/**/*.lambda.test.ts';
/** Tests that need zsh and fish: `npm run test:shells`. */
const SHELLS = 'cli/**/*.shells.test.ts';
/** What takes long: `npm run test:long`. */
const LONG = '{function,cli,deploy}/**/*.long.test.ts';
/** What each mode runs and the suite leaves out. */
const MODES: Readonly<Record<string, string>> = { lambda: LAMBDA, shells: SHELLS, long: LONG };

export default defineConfig(({ mode }) => ({
  test: {
    include: [MODES[mode] ?? '{function,cli,deploy,bench}/**/*.test.ts'],
    exclude: mode in MODES ? configDefaults.exclude : [...configDefaults.exclude, LAMBDA, SHELLS, LONG],
    globalSetup: ['./function/testing/setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Vitest leaves one core free; most tests here wait for other processes.
    maxWorkers: Math.max(3, availableParallelism()),
  },
}));
