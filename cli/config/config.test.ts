import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadConfig, resolveConfig } from './config.ts';
import { defineConfig } from './define.ts';
import { CliError } from '../errors.ts';
import { caught } from '../testing/attempt.ts';
import { folderWith } from '../testing/files.ts';

const run = promisify(execFile);

async function failure(work: Promise<unknown>): Promise<CliError> {
  const error: unknown = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(CliError);
  return error as CliError;
}

test('fills in every default when there is no config file', async () => {
  const cwd = await folderWith();
  const config = await loadConfig({ cwd });
  const output = { width: 1200, height: 630, format: 'jpeg', quality: 90, maxBytes: 300_000 };
  expect(config).toEqual({
    root: cwd,
    content: null,
    preset: null,
    site: {},
    template: 'default',
    templates: null,
    map: null,
    drafts: false,
    future: true,
    text: null,
    pathLanguage: true,
    output,
    outputs: [{ name: null, output, key: null }],
    key: '{slug}.{ext}',
    store: null,
    function: null,
    auth: 'iam',
    publicUrl: null,
    pages: null,
    inject: false,
    jsonLd: false,
    own: 'card',
    manifest: null,
    concurrency: 10,
    batch: 16,
    static: [join(cwd, 'public'), join(cwd, 'static'), cwd],
    imageHosts: [],
    named: new Set(),
  });
});

test.each([
  ['og.config.ts', 'const n: number = 4;\nexport default { batch: n };'],
  ['og.config.mjs', 'export default { batch: 4 };'],
  ['og.config.cjs', 'module.exports = { batch: 4 };'],
  ['og.config.json', '\uFEFF{ "batch": 4 }'],
])('loads %s and starts its paths at its own folder', async (name, text) => {
  const root = await folderWith({ [`blog/${name}`]: text });
  const config = await loadConfig({ cwd: root, file: `blog/${name}` });
  expect(config.batch).toBe(4);
  expect(config.root).toBe(join(root, 'blog'));
});

test.each(['og.config.ts', 'og.config.js'])(
  'loads %s as a module in a package of type commonjs',
  async (name) => {
    const root = await folderWith({
      'package.json': '{ "type": "commonjs" }',
      [name]: "import { sep } from 'node:path';\nexport default { site: { name: sep } };",
    });
    const script = `import { loadConfig } from ${JSON.stringify(import.meta.resolve('./config.ts'))};
    console.log((await loadConfig({ cwd: process.cwd() })).site.name);`;
    const { stdout, stderr } = await run(process.execPath, ['--input-type=module', '-e', script], {
      cwd: root,
    });
    expect([stdout, stderr]).toEqual(['/\n', '']);
  },
);

test('prefers og.config.ts to og.config.json', async () => {
  const root = await folderWith({
    'og.config.json': '{"batch":2}',
    'og.config.ts': 'export default { batch: 3 }',
  });
  expect((await loadConfig({ cwd: root })).batch).toBe(3);
});

test.each(['yml', 'yaml', 'toml', 'jsonc', 'json5'])('names og.config.%s as not read', async (ending) => {
  const file = `og.config.${ending}`;
  const cwd = await folderWith({ [file]: 'batch: 4\n' });
  for (const work of [loadConfig({ cwd }), loadConfig({ cwd, file })]) {
    const { code, message, hint } = await failure(work);
    expect(code).toBe('config_broken');
    expect(message).toContain(`${join(cwd, file)} is not read`);
    expect(hint).toContain('og.config.ts');
  }
  const both = await folderWith({ [file]: 'batch: 4\n', 'og.config.json': '{ "batch": 5 }' });
  expect((await loadConfig({ cwd: both })).batch).toBe(5);
});

test('makes folders absolute and leaves an S3 address alone', () => {
  const config = resolveConfig(
    { store: 'out', manifest: 'm.json', templates: 't', static: ['s'] },
    '/blog',
    null,
  );
  expect(config).toMatchObject({ store: '/blog/out', manifest: '/blog/m.json', templates: '/blog/t' });
  expect(config.static).toEqual(['/blog/s']);
  expect(resolveConfig({ store: 's3://images/og' }, '/blog', null).store).toBe('s3://images/og');
});

test('refuses a named config that is not there', async () => {
  const cwd = await folderWith();
  const error = await failure(loadConfig({ cwd, file: 'nope.ts' }));
  expect(error).toMatchObject({ code: 'config_missing', exitCode: 2 });
  expect(error.message).toContain(join(cwd, 'nope.ts'));
});

test.each([
  ['throws.mjs', 'const a = 1;\nthrow new Error("no such planet");', ':2: no such planet'],
  ['throws-null.mjs', 'throw null;', ': null'],
  ['no-default.mjs', 'export const config = {};', ' has no default export'],
  ['broken.json', '{\n  "batch": 4,\n  "key" "x"\n}', ':3: '],
])('tells file, line and reason when %s cannot be loaded', async (name, text, reason) => {
  const root = await folderWith({ [name]: text });
  const error = await failure(loadConfig({ cwd: root, file: name }));
  expect(error).toMatchObject({ code: 'config_broken', exitCode: 2 });
  expect(error.message).toContain(`${join(root, name)}${reason}`);
});

test.each([
  ['syntax.mjs', 'export default {};\nconst a = ;', ":2: Unexpected token ';'"],
  ['enum.ts', 'export default {};\nenum A {\n  b,\n}', ':2: TypeScript enum is not supported'],
])('tells file and line of what Node itself cannot parse in %s', async (name, text, reason) => {
  const root = await folderWith({ [name]: text });
  const script = `import { loadConfig } from ${JSON.stringify(import.meta.resolve('./config.ts'))};
    await loadConfig({ cwd: process.cwd(), file: ${JSON.stringify(name)} }).catch((e) => console.log(e.code, e.message));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  expect(stdout).toContain(`config_broken ${join(root, name)}${reason}`);
});

test('says how to get og-sync when the config imports it in vain', async () => {
  const root = await folderWith({
    'og.config.mjs': 'import { defineConfig } from "og-sync"; export default {};',
  });
  // In a process of its own: a test runner resolves imports in its own way.
  const script = `import { loadConfig } from ${JSON.stringify(import.meta.resolve('./config.ts'))};
    await loadConfig({ cwd: process.cwd() }).catch((e) => console.log(e.code, e.hint));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: root });
  expect(stdout).toMatch(/^config_broken .*npm install --save-dev og-sync/);
});

test.each([
  [{ contnt: 'x' }, 'contnt is not known; did you mean content?'],
  [{ output: { widht: 3 } }, 'output.widht is not known; did you mean width?'],
  [{ output: { quality: 200 } }, 'output.quality must be at most 100; found 200'],
  [{ output: { format: 'gif' } }, 'output.format must be one of "jpeg"|"png"|"webp"; found "gif"'],
  [{ auth: 'basic' }, 'auth must be "iam", "token" or "none"; found "basic"'],
  [{ batch: 101 }, 'batch must be a whole number from 1 to 100; found 101'],
  [{ concurrency: '4' }, 'concurrency must be a whole number from 1 to 1000; found "4"'],
  [{ content: [] }, 'content must hold at least one folder or glob; found []'],
  [{ content: ['!a'] }, 'content must hold a folder or a glob without a leading "!"'],
  [{ key: 'x.{ext}' }, 'key cannot be a key pattern: it has no {slug}'],
  [{ store: 's3:///a' }, 'store must be a folder or s3://bucket/prefix; found "s3:///a"'],
  [{ store: 'gs://a' }, 'store must be a folder or s3://bucket/prefix; found "gs://a"'],
  [{ function: 'lambda' }, 'function must be the https address of the function; found "lambda"'],
  [{ site: { logo: 3 } }, 'site.logo must be a file; found 3'],
  [{ site: { theme: { mode: 'dim' } } }, 'site.theme.mode must be "light" or "dark"; found "dim"'],
  [{ site: { theme: { accent: 'url(x)' } } }, 'site.theme.accent must be a CSS colour'],
  [{ site: { theme: { acent: 'red' } } }, 'acent'],
  [{ site: { when: () => 1 } }, 'site.when must be what JSON can hold; found a function'],
  [
    { site: { author: { nam: 'x' } } },
    'site.author must be a name, or an object of name and avatar (a file)',
  ],
  [
    { imageHosts: ['https://x'] },
    'imageHosts[0] must be a host name such as images.example.com; found "https://x"',
  ],
  [{ map: {} }, 'map must be a function; found {}'],
  [{ map: async () => null }, 'map must not be async'],
  [{ template: async () => 'x' }, 'template must not be async'],
  [{ template: 1n }, 'template must be a template name or a function from a post to one; found 1'],
  [null, 'the configuration must be an object; found null'],
])('names what is wrong in %o', (input, line) => {
  expect(() => resolveConfig(input, '/blog', '/blog/og.config.ts')).toThrow(line);
});

test('names every wrong field at once, and the file', () => {
  const wrong = { drafts: 'yes', future: 1, manifest: '' };
  expect(() => resolveConfig(wrong, '/blog', '/blog/og.config.ts')).toThrow(
    /\/blog\/og\.config\.ts is wrong in 3 places:\n {2}- drafts .*\n {2}- future .*\n {2}- manifest .*/,
  );
});

test('refuses any value as a config with a CliError, or takes it', () => {
  const field = fc.constantFrom(
    'content',
    'site',
    'template',
    'output',
    'key',
    'store',
    'static',
    'batch',
    'auth',
    '?',
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.dictionary(field, fc.anything())), (input) => {
      const { value, error } = caught(() => resolveConfig(input, '/blog', null));
      const refused = error instanceof CliError && error.code === 'config_invalid';
      expect(refused || value?.root === '/blog').toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('hands a config through defineConfig as it is', () => {
  const config = { batch: 3 };
  expect(defineConfig(config)).toBe(config);
});
