import { defineConfig } from 'astro/config';
import starlight from '@astrojs/starlight';

export default defineConfig({
  site: 'https://star.example',
  build: { format: 'directory' },
  integrations: [
    starlight({
      title: 'Star',
      defaultLocale: 'root',
      locales: {
        root: { label: 'English', lang: 'en' },
        de: { label: 'Deutsch' },
        'pt-br': { label: 'Português', lang: 'pt-BR' },
      },
      editLink: { baseUrl: 'https://edit.example/' },
      pagefind: false,
    }),
  ],
});
