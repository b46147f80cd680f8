import { describe, expect, it, vi } from 'vitest';
import { createApp } from './app.ts';
import type { AppOptions } from './app.ts';
import { FunctionError, outputSchema } from './contract.ts';
import type { Log } from './log.ts';
import { fakeRenderer, fakeTemplates, memoryStore } from './testing/fakes.ts';

function setUp(options: Partial<AppOptions> = {}) {
  const store = memoryStore();
  const log = vi.fn<Log>();
  const app = createApp({
    renderer: fakeRenderer(),
    store,
    templates: fakeTemplates('default', 'wide'),
    log,
    ...options,
  });
  return { app, store, log };
}

const post = (slug: string) => ({ slug, title: `Title of ${slug}` });
const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** The warnings of an app whose fonts lack three letters, and that has these packages. */
async function warningsWith(fonts: Record<string, string>): Promise<string> {
  const templates = fakeTemplates();
  const template = templates.all.get('default') ?? expect.unreachable();
  const lacking = { ...template, missing: async () => ['ক', 'த', 'ก'] };
  const { app } = setUp({
    templates: {
      ...templates,
      all: new Map([['default', lacking]]),
      described: { ...templates.described, fonts },
    },
  });
  const { results } = await app.render({ posts: [post('a')] });
  return results.flatMap(({ warnings }) => warnings.map(({ message }) => message)).join();
}

describe('the app', () => {
  it('stores a post that brings a slug and a title only', async () => {
    const { app, store } = setUp();
    const { results, unprocessed } = await app.render({ posts: [post('hello')] });
    expect(results).toMatchObject([{ status: 'stored', key: 'hello.jpg', width: 1200, height: 630 }]);
    expect(unprocessed).toEqual([]);
    expect(store.images.get('hello.jpg')).toMatchObject({ contentType: 'image/jpeg', immutable: false });
  });

  it('lets a bad post fail alone and names its field', async () => {
    const { app, store, log } = setUp();
    const { results } = await app.render({ posts: [post('a'), { slug: 'b', title: 7 }, post('c')] });
    expect(results.map(({ status }) => status)).toEqual(['stored', 'failed', 'stored']);
    expect(results[1]).toMatchObject({
      slug: 'b',
      error: { code: 'bad_request', details: [{ path: 'title' }] },
    });
    expect([...store.images.keys()].sort()).toEqual(['a.jpg', 'c.jpg']);
    expect(log).toHaveBeenCalledWith('warn', expect.objectContaining({ event: 'post_failed', slug: 'b' }));
  });

  it('refuses a request that is no request, with the path of the wrong field', async () => {
    const { app } = setUp();
    await expect(app.render({ posts: [] })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(app.render({ posts: [post('a')], output: { width: 3 } })).rejects.toThrow(/output\.width/);
    await expect(app.render('x')).rejects.toBeInstanceOf(FunctionError);
  });

  it.each([
    ['../up', 'invalid_slug'],
    ['a//b', 'invalid_slug'],
  ])('refuses the slug %s', async (slug, code) => {
    const { results } = await setUp().app.render({ posts: [{ slug, title: 'T' }] });
    expect(results).toMatchObject([{ status: 'failed', error: { code } }]);
  });

  it('names the templates there are when one is unknown', async () => {
    const { results } = await setUp().app.render({ posts: [{ ...post('a'), template: 'nope' }] });
    expect(results).toMatchObject([
      { error: { code: 'unknown_template', message: expect.stringContaining('default, wide') as string } },
    ]);
  });

  it('refuses a fingerprint that differs from its own', async () => {
    const { app, store } = setUp();
    const { results } = await app.render({ posts: [{ ...post('a'), fingerprint: '0'.repeat(64) }] });
    expect(results).toMatchObject([{ error: { code: 'fingerprint_mismatch' } }]);
    expect(store.images.size).toBe(0);
  });

  it('answers the same fingerprint that it accepts back', async () => {
    const { app } = setUp();
    const [first] = (await app.render({ posts: [post('a')] })).results;
    const again = await app.render({ posts: [{ ...post('a'), fingerprint: first?.fingerprint }] });
    expect(again.results).toMatchObject([{ status: 'stored', fingerprint: first?.fingerprint }]);
  });

  it('lets only the first of two posts with one key through', async () => {
    const { results } = await setUp().app.render({
      posts: [{ ...post('a'), image: PNG }, post('a')],
    });
    expect(results).toMatchObject([
      { status: 'stored' },
      { status: 'failed', error: { code: 'duplicate_key' } },
    ]);
  });

  it('refuses an image that is not what it says', async () => {
    const { results } = await setUp().app.render({
      posts: [{ ...post('a'), image: PNG.replace('png', 'jpeg') }],
    });
    expect(results).toMatchObject([{ error: { code: 'invalid_image' } }]);
  });

  it('reports what the renderer and the store throw, each for its post alone', async () => {
    const renderer = fakeRenderer((body) => {
      if (body.endsWith('b')) throw new FunctionError('render_timeout', 'Too slow.', 'Simplify it.');
      if (body.endsWith('c')) throw new Error('secret detail');
    });
    const store = memoryStore(({ key }) => {
      if (key === 'd.jpg') throw new FunctionError('store_refused', 'No.', 'Grant it.');
    });
    const { app } = setUp({ renderer, store });
    const { results } = await app.render({ posts: ['a', 'b', 'c', 'd'].map(post) });
    expect(results.map((result) => (result.status === 'failed' ? result.error.code : 'stored'))).toEqual([
      'stored',
      'render_timeout',
      'internal',
      'store_refused',
    ]);
    expect(JSON.stringify(results)).not.toContain('secret detail');
  });

  it('warns of a character that no font has', async () => {
    const { results } = await setUp().app.render({ posts: [{ slug: 'a', title: 'Odd \u{10FFFF}' }] });
    expect(results).toMatchObject([
      {
        warnings: [{ code: 'missing_glyph', message: expect.stringContaining('U+10FFFF') as string }],
      },
    ]);
  });

  it('names the package that draws a script, unless it has it', async () => {
    expect(await warningsWith({})).toBe(
      'No font has ক (U+0995), த (U+0BA4), ก (U+0E01). Bengali: npm i -D @fontsource-variable/noto-sans-bengali Tamil: npm i -D @fontsource-variable/noto-sans-tamil',
    );
    expect(await warningsWith({ Beng: 'x@1', Taml: 'y@1' })).toBe(
      'No font has ক (U+0995), த (U+0BA4), ก (U+0E01).',
    );
  });

  it('stops before its deadline and lists what it did not make', async () => {
    let now = 0;
    const renderer = fakeRenderer(() => {
      now += 1000;
    });
    const { app, store } = setUp({ renderer, clock: () => now });
    const { results, unprocessed } = await app.render(
      { posts: Array.from({ length: 10 }, (_, i) => post(`p${i}`)) },
      { deadline: 4000 },
    );
    expect(results.length).toBeGreaterThan(0);
    expect(results.length + unprocessed.length).toBe(10);
    expect(unprocessed.length).toBeGreaterThan(4);
    expect(store.images.size).toBe(results.length);
  });

  it('leaves in time although a picture never ends', async () => {
    const renderer = fakeRenderer((body) => (body.endsWith('b') ? new Promise<void>(() => {}) : undefined));
    const { app } = setUp({ renderer });
    const { results, unprocessed } = await app.render(
      { posts: [post('a'), post('b')] },
      { deadline: Date.now() + 1000 },
    );
    expect(results).toMatchObject([{ slug: 'a', status: 'stored' }]);
    expect(unprocessed).toEqual(['b']);
  });

  it('starts nothing more once told to stop, and finishes what it began', async () => {
    const stop = new AbortController();
    const renderer = fakeRenderer(() => stop.abort());
    const { app, store } = setUp({ renderer });
    const { results, unprocessed } = await app.render(
      { posts: Array.from({ length: 20 }, (_, i) => post(`p${i}`)) },
      { signal: stop.signal },
    );
    expect(results.map(({ status }) => status)).toEqual(results.map(() => 'stored'));
    expect(unprocessed.length).toBeGreaterThan(10);
    expect(results.length + unprocessed.length).toBe(20);
    expect(store.images.size).toBe(results.length);
  });

  it('describes itself without starting a browser', async () => {
    const { app } = setUp();
    expect(await app.describe()).toMatchObject({
      name: 'og-sync',
      store: 'memory:',
      templates: { default: { digest: expect.any(String) as string } },
      limits: { posts: 100, bodyBytes: 5_500_000 },
    });
  });

  it('shows a picture in the output that is asked for by name', async () => {
    const output = outputSchema.parse({});
    const square = { ...output, width: 500, height: 500, format: 'png' as const };
    const { app } = setUp({ output, outputs: new Map([['square', square]]) });
    expect(await app.picture(post('a'))).toMatchObject({ width: 1200, contentType: 'image/jpeg' });
    expect(await app.picture(post('a'), { outputName: 'square' })).toMatchObject({
      width: 500,
      contentType: 'image/png',
    });
    await expect(app.picture(post('a'), { outputName: 'tall' })).rejects.toMatchObject({
      code: 'bad_request',
      hint: 'Known outputs: square.',
    });
  });
});
