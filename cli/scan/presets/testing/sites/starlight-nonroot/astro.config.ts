import { defineConfig } from 'astro/config';
import starlight from '@astrojs/starlight';

const locales = { en: { label: 'English' }, 'zh-cn': { label: '简体中文', lang: 'zh-CN' } };

export default defineConfig({
  build: { format: 'file' },
  integrations: [
    starlight({ title: { en: 'Star', 'zh-CN': '星' }, defaultLocale: 'en', locales, pagefind: false, editLink: { baseUrl: 'https://edit.example/' } }),
  ],
});
