import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const page = (file) => fileURLToPath(new URL(file, import.meta.url));

export default defineConfig({
  build: { rollupOptions: { input: ['index.html', 'guide/index.html', 'guide/first-steps.html'].map(page) } },
});
