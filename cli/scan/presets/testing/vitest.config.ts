import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'cli/scan/presets/testing/generators.ts',
      'cli/commands/init/testing/generators.ts',
      'cli/plugins/testing/generators.ts',
    ],
    // The sites are built in one place each.
    fileParallelism: false,
    maxConcurrency: 1,
    root: process.cwd(),
  },
});
