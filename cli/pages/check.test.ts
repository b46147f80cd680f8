import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../function/store/open.ts';
import { addFiles, folderWith } from '../testing/files.ts';
import { serveFolder } from '../testing/served.ts';
import { check } from './check.ts';
import type { Finding } from './findings.ts';
import { folderSource } from './folder-source.ts';
import { siteSource } from './site-source.ts';
import { imageTags, pageTags, tagText } from './tags.ts';

const SITE = 'https://site.example';
const { signal } = new AbortController();
const picture = async (width = 1200, height = 630, format: 'jpeg' | 'webp' | 'png' = 'jpeg') =>
  await sharp({ create: { width, height, channels: 3, background: '#246' } })
    .toFormat(format)
    .toBuffer();

interface PageOptions {
  origin?: string;
  image?: string;
  width?: number;
  height?: number;
  type?: string;
  lang?: string;
  head?: string;
}

/** A page with all its tags. */
function page(name: string, options: PageOptions = {}): string {
  const { origin = SITE, width = 1200, height = 630, type = 'image/jpeg', lang = 'de', head = '' } = options;
  const url = options.image ?? `${origin}/og/${name}.0123456789ab.jpg`;
  const tags = [
    ...imageTags([{ url, width, height, type, alt: `About ${name}` }]),
    ...pageTags({ title: name, description: 'D', url: `${origin}/${name}.html`, type: 'website', lang }),
  ];
  const text = tags.map((tag) => tagText(tag, 'data-og-sync')).join('\n');
  return `<!doctype html><html><head><meta charset="utf-8"><title>${name}</title>${head}\n${text}\n</head><body></body></html>`;
}

type Files = Record<string, string | Uint8Array>;

async function soundSite(origin = SITE): Promise<Files> {
  const files: Files = { '404.html': '<title>Lost</title>' };
  for (const name of ['a', 'b', 'c']) {
    files[`${name}.html`] = page(name, {
      origin,
      head: `<link rel="canonical" href="${origin}/${name}.html">`,
    });
    files[`og/${name}.0123456789ab.jpg`] = await picture();
  }
  return files;
}

async function checkFolder(files: Files): Promise<string[]> {
  const folder = await folderWith(files);
  const publicUrl = `${SITE}/og/`;
  const source = folderSource({
    folder,
    shownFolder: 'public',
    siteUrl: `${SITE}/`,
    siteName: null,
    own: 'card',
    isOurs: (address) => address.startsWith(publicUrl),
    publicUrl,
    store: openStore(join(folder, 'og')),
    signal,
  });
  const { findings } = await check(source, { publicUrl, keepsOwn: false, images: 1 }, signal);
  return findings.map(shown);
}

const shown = ({ code, page }: Finding) => `${page} ${code}`;

const without = (html: string, name: string) =>
  html.replaceAll(new RegExp(`<meta [a-z]+="${name}"[^>]*>\n?`, 'g'), '');
const image = (url: string) => ({ 'a.html': page('a', { image: url }) });
const sitemap = (...pages: string[]) =>
  `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${pages.map((one) => `<url><loc>${one}</loc></url>`).join('')}</urlset>`;

async function checkSite(where: string): Promise<{ pages: number; found: string[] }> {
  const { pages, findings } = await check(
    siteSource(where, 4, signal),
    { publicUrl: null, keepsOwn: false, images: 1 },
    signal,
  );
  // The stand-in for the site is on this machine, and speaks http.
  return { pages, found: findings.filter(({ code }) => code !== 'local_image').map(shown) };
}

describe('a built site with one fault', () => {
  it('has none without', async () => {
    expect(await checkFolder(await soundSite())).toEqual([]);
  });

  const faults: [string, string | string[], () => Files | Promise<Files>][] = [
    ['no image', 'no_image', () => ({ 'a.html': without(page('a'), 'og:image') })],
    [
      'two images',
      'many_images',
      () => ({
        'a.html': page('a').replace(
          '</head>',
          `<meta property="og:image" content="${SITE}/og/b.jpg"></head>`,
        ),
      }),
    ],
    ['a relative address', 'relative_image', () => image('/og/a.0123456789ab.jpg')],
    ['an address without a scheme', 'relative_image', () => image('//site.example/og/a.0123456789ab.jpg')],
    ['http', 'insecure_image', () => image('http://site.example/og/a.0123456789ab.jpg')],
    ['localhost', 'local_image', () => image('http://localhost:8080/og/a.jpg')],
    ['a preview', 'local_image', () => image('https://deploy-preview-1--x.netlify.app/og/a.jpg')],
    ['another host', 'wrong_host', () => image('https://elsewhere.example/a.jpg')],
    ['an image that is gone', 'missing_image', () => image(`${SITE}/og/gone.0123456789ab.jpg`)],
    [
      'an image that is HTML',
      'not_an_image',
      () => ({ 'og/a.0123456789ab.jpg': '<!doctype html><title>Not found</title>' }),
    ],
    ['an empty image', 'not_an_image', () => ({ 'og/a.0123456789ab.jpg': '' })],
    [
      'another type',
      'wrong_type',
      async () => ({ 'og/a.0123456789ab.jpg': await picture(1200, 630, 'png') }),
    ],
    ['another size', 'wrong_size', async () => ({ 'og/a.0123456789ab.jpg': await picture(1200, 600) })],
    ['no size', 'no_size', () => ({ 'a.html': without(page('a'), 'og:image:width') })],
    [
      'no alternative text',
      'no_alt',
      () => ({ 'a.html': without(without(page('a'), 'og:image:alt'), 'twitter:image:alt') }),
    ],
    ['no card', 'no_card', () => ({ 'a.html': without(page('a'), 'twitter:card') })],
    ['a small card', 'no_card', () => ({ 'a.html': page('a').replace('summary_large_image', 'summary') })],
    ['a language for a locale', 'bad_locale', () => ({ 'a.html': page('a').replace('de_DE', 'de') })],
    [
      'tags behind 32 KB',
      'late_tags',
      () => ({ 'a.html': page('a', { head: `<style>${'a{}'.repeat(11_000)}</style>` }) }),
    ],
    [
      'tags behind 300 KB',
      'unread_tags',
      () => ({ 'a.html': page('a', { head: `<style>${'a{}'.repeat(101_000)}</style>` }) }),
    ],
    [
      'another canonical address',
      'url_mismatch',
      () => ({ 'a.html': page('a', { head: `<link rel="canonical" href="${SITE}/z.html">` }) }),
    ],
    [
      'WebP',
      'wrong_format',
      async () => ({
        'a.html': page('a', { image: `${SITE}/og/a.0123456789ab.webp`, type: 'image/webp' }),
        'og/a.0123456789ab.webp': await picture(1200, 630, 'webp'),
      }),
    ],
    [
      'a heavy image',
      'too_heavy',
      async () => ({ 'og/a.0123456789ab.jpg': Buffer.concat([await picture(), Buffer.alloc(1_100_000)]) }),
    ],
    [
      'a small image',
      'too_small',
      async () => ({
        'a.html': page('a', { width: 400, height: 210 }),
        'og/a.0123456789ab.jpg': await picture(400, 210),
      }),
    ],
    [
      'a huge image',
      'too_large',
      async () => ({
        'a.html': page('a', { width: 4200, height: 2205 }),
        'og/a.0123456789ab.jpg': await picture(4200, 2205),
      }),
    ],
    ['one image for two pages', 'shared_image', () => image(`${SITE}/og/b.0123456789ab.jpg`)],
    [
      'a name that stays, kept for ever',
      'frozen_name',
      async () => ({
        'a.html': page('a', { image: `${SITE}/og/a.jpg` }),
        'og/a.jpg': await picture(),
        _headers: '/og/*\n  Cache-Control: public, max-age=31536000, immutable\n',
      }),
    ],
  ];

  it.each(faults)('%s', async (_name, code, plant) => {
    const found = await checkFolder({ ...(await soundSite()), ...(await plant()) });
    expect(found).toEqual([code].flat().map((one) => `public/a.html ${one}`));
  });

  it('has one image for its copies, on purpose', async () => {
    const canonical = `<link rel="canonical" href="${SITE}/a.html">`;
    const files = await soundSite();
    expect(await checkFolder({ ...files, 'print/a.html': page('a', { head: canonical }) })).toEqual([]);
  });

  it('keeps hashed names for ever without a word, and reads the rules of _headers', async () => {
    const headers = '# rules\n/*\n  X-A: b\n/og/:name\n  cache-control: immutable\n';
    expect(await checkFolder({ ...(await soundSite()), _headers: headers })).toEqual([]);
  });
});

describe('a site that is served', () => {
  it('is read as its sitemap says, also through an index and from a file', async () => {
    const folder = await folderWith();
    const origin = await serveFolder(folder);
    const files = await soundSite(origin);
    const pages = ['a', 'b', 'c'].map((name) => `${origin}/${name}.html`);
    await addFiles(folder, {
      ...files,
      'sitemap.xml': `<sitemapindex><sitemap><loc>${origin}/pages.xml</loc></sitemap><sitemap><loc>${origin}/pages.xml</loc></sitemap></sitemapindex>`,
      'pages.xml': sitemap(...pages),
      'index.html': '<title>Home</title>',
    });
    expect(await checkSite(`${origin}/`)).toEqual({ pages: 3, found: [] });
    expect(await checkSite(`${origin}/pages.xml`)).toEqual({ pages: 3, found: [] });
    expect(await checkSite(join(folder, 'pages.xml'))).toEqual({ pages: 3, found: [] });
    expect(await checkSite(`${origin}/a.html`)).toEqual({ pages: 1, found: [] });
  });

  it('has faults that only a request shows', async () => {
    const folder = await folderWith();
    const origin = await serveFolder(folder, (path) =>
      path.endsWith('/kept.jpg') ? { 'cache-control': 'max-age=31536000, immutable' } : {},
    );
    const pages = ['a', 'b', 'c', 'd', 'gone'].map((name) => `${origin}/${name}.html`);
    await addFiles(folder, {
      ...(await soundSite(origin)),
      'sitemap.xml': sitemap(...pages),
      'a.html': page('a', { origin, image: `${origin}/og/nowhere.0123456789ab.jpg` }),
      'b.html': page('b', { origin, image: `${origin}/og/kept.jpg` }),
      'd.html': page('d', { origin }),
      'og/kept.jpg': await picture(),
      'og/d.0123456789ab.jpg': '<!doctype html><title>A page for every address</title>',
    });
    expect(await checkSite(`${origin}/`)).toEqual({
      pages: 5,
      found: [
        `${origin}/a.html missing_image`,
        `${origin}/b.html frozen_name`,
        `${origin}/d.html not_an_image`,
        `${origin}/gone.html unreachable`,
      ],
    });
  });

  it('is told when it is not there', async () => {
    const origin = await serveFolder(await folderWith());
    expect(await checkSite(`${origin}/`)).toEqual({ pages: 1, found: [`${origin}/ unreachable`] });
    await expect(checkSite('no/sitemap.xml')).rejects.toThrow('cannot be read');
  });

  it('stops when it is asked to', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    const source = siteSource('http://127.0.0.1:9/', 4, stop.signal);
    await expect(check(source, { publicUrl: null, keepsOwn: false, images: 1 }, stop.signal)).rejects.toThrow(
      'stopped',
    );
  });
});
