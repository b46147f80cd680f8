import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['cli/scan/presets/testing/generators.ts'], maxConcurrency: 1, root: process.cwd() },
});
