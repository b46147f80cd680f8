import { defineConfig } from 'vitepress';

const year: number = new Date().getFullYear();

export default defineConfig({
  title: 'Signal',
  titleTemplate: false,
  cleanUrls: false,
  srcExclude: ['**/parts/**', 'drafts/*.md'],
  rewrites: {
    'packages/:pkg/src/:slug*': ':pkg/:slug*',
    'old/name.md': 'new/place.md',
  },
  locales: {
    root: { label: 'English', lang: 'en' },
    de: { label: 'Deutsch', lang: 'de' },
    'zh-tw': { label: '繁體', lang: 'zh-TW' },
  },
  transformHead: ({ pageData }) => [['meta', { name: 'source', content: pageData.filePath && `docs/${pageData.filePath}`, year: String(year) }]],
});
