import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{function,cli,deploy,bench}/**/*.test.ts'],
    globalSetup: ['./function/testing/build.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
