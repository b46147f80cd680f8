import { describe, expect, it } from 'vitest';
import { isInside, siteUrlOf, withBuiltSite } from './built-site.ts';
import { resolveConfig } from './config.ts';
import { applyOverrides } from './overrides.ts';
import type { Overrides } from './overrides.ts';

function settled(user: object, flags: Overrides = {}) {
  return withBuiltSite(applyOverrides(resolveConfig(user, '/blog', null), flags, { cwd: '/blog' }));
}

describe('a configuration with a built site', () => {
  it('takes its posts from the pages alone, unless content or a preset is named', () => {
    expect(settled({ pages: 'public' }).content).toEqual([]);
    expect(settled({ pages: 'public', content: 'posts/*.md' }).content).toEqual(['posts/*.md']);
    expect(settled({ pages: 'public' }, { content: 'posts/*.md' }).content).toEqual(['posts/*.md']);
    expect(settled({ pages: 'public', preset: 'hugo' }).content).toBeNull();
    expect(settled({ pages: 'public', preset: 'none' }).content).toEqual([]);
    expect(settled({}).content).toBeNull();
  });

  it('looks for the pictures of pages in the built site first', () => {
    expect(settled({}, { pages: 'dist' }).static[0]).toBe('/blog/dist');
  });

  it('names images by their content when tags are written, unless a name is chosen', () => {
    const site = { url: 'https://blog.example' };
    expect(settled({ pages: 'public', inject: true, site }).key).toBe('{slug}.{hash}.{ext}');
    expect(settled({ pages: 'public', inject: true, site, key: '{slug}.{ext}' }).key).toBe('{slug}.{ext}');
    expect(settled({ pages: 'public', site }).key).toBe('{slug}.{ext}');
  });

  it.each([
    ['the built site', {}, 'https://blog.example', '/blog/public/og', 'https://blog.example/og/'],
    ['a site below a path', {}, 'https://x.example/docs', '/blog/public/og', 'https://x.example/docs/og/'],
    [
      'a folder of the built site',
      { store: 'public/img/cards' },
      'https://blog.example/',
      '/blog/public/img/cards',
      'https://blog.example/img/cards/',
    ],
    [
      'another address',
      { publicUrl: 'https://cdn.example/og' },
      'https://blog.example',
      null,
      'https://cdn.example/og',
    ],
    [
      'a bucket',
      { store: 's3://b/og', publicUrl: 'https://cdn.example/og' },
      'https://blog.example',
      's3://b/og',
      'https://cdn.example/og',
    ],
  ])('stores images in %s', (_name, user, siteUrl, store, publicUrl) => {
    const config = settled(user, { pages: 'public', inject: true, siteUrl });
    expect(config).toMatchObject({ store, publicUrl });
    expect(isInside(config)).toBe(store?.startsWith('/blog/public/') ?? false);
  });

  it.each<[string, object, string]>([
    ['no pages', { inject: true }, 'into no pages'],
    ['no address', { inject: true, pages: 'public' }, 'none is known'],
    [
      'a bucket without an address',
      { inject: true, pages: 'public', store: 's3://b', site: { url: 'https://b.example' } },
      'none is known',
    ],
    [
      'a function without an address',
      { inject: true, pages: 'public', function: 'https://f.example', site: { url: 'https://b.example' } },
      'none is known',
    ],
    [
      'a site address that is none',
      { inject: true, pages: 'public', site: { url: 'blog' } },
      'none is known',
    ],
  ])('refuses to write tags with %s', (_name, user, message) => {
    expect(() => settled(user)).toThrow(message);
  });

  it('knows the address of the site', () => {
    expect(siteUrlOf({ site: { url: 'https://a.example/b?c#d' } })).toBe('https://a.example/b/');
    expect(siteUrlOf({ site: { url: 'ftp://a.example' } })).toBeNull();
    expect(siteUrlOf({ site: {} })).toBeNull();
  });
});

const publicUrl = ({ BRANCH }: Record<string, string | undefined>) => `https://${BRANCH}.example/og`;

describe('publicUrl as a function', () => {
  it('is called with the environment', () => {
    expect(resolveConfig({ publicUrl }, '/', null, { BRANCH: 'main' }).publicUrl).toBe(
      'https://main.example/og',
    );
  });

  it.each([
    [() => '/og', 'must return an https address; it returned "/og"'],
    [() => undefined, 'it returned nothing'],
    [
      () => {
        throw new Error('no BRANCH');
      },
      'threw: no BRANCH',
    ],
  ])('must return an address: %s', (wrong, message) => {
    expect(() => resolveConfig({ publicUrl: wrong }, '/', null)).toThrow(message);
  });
});
