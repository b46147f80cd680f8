// @ts-check
const organisation = 'keel';

/** @type {import('@docusaurus/types').Config} */
module.exports = {
  title: 'Keel',
  url: 'https://keel.example',
  baseUrl: '/',
  onBrokenLinks: 'ignore',
  trailingSlash: undefined,
  i18n: { defaultLocale: 'en', locales: ['en', 'de'] },
  customFields: { organisation },
  presets: [
    [
      'classic',
      /** @type {import('@docusaurus/preset-classic').Options} */
      ({
        docs: { routeBasePath: 'handbook', sidebarPath: './sidebars.js', editUrl: 'https://edit.example/', editLocalizedFiles: true },
        blog: { blogSidebarCount: 'ALL', editUrl: 'https://edit.example/', editLocalizedFiles: true, onUntruncatedBlogPosts: 'ignore', onInlineAuthors: 'ignore', postsPerPage: 3 },
        pages: { editUrl: 'https://edit.example/', editLocalizedFiles: true },
      }),
    ],
  ],
  plugins: [
    ['@docusaurus/plugin-content-docs', { id: 'api', path: 'api', routeBasePath: 'api', sidebarPath: false, editUrl: 'https://edit.example/', numberPrefixParser: false }],
  ],
  themeConfig: { navbar: { title: 'Keel', items: [] } },
};
