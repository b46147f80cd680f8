import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importConfig } from '../../config/file.ts';
import { makeBlog, runCli } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { runOnTerminal } from '../../testing/terminal.ts';
import type { Keystroke } from '../../testing/terminal.ts';

const HUGO = 'title = "Slow Water"\nbaseURL = "https://slow-water.example/"\n';
const PACKAGE = '{\n\t"scripts": { "build": "hugo --gc" }, // no\n}';
const SCRIPTS =
  '{\n\t"private": true,\n\t"scripts": {\n\t\t"dev":   "hugo server",\n\t\t"build": "hugo --gc"\n\t}\n}\n';

let blog: Blog;
beforeEach(async () => {
  blog = await makeBlog();
  await blog.write('hugo.toml', HUGO);
  await blog.write('package.json', SCRIPTS);
});
afterEach(() => blog.close());

const read = (file: string) => readFile(join(blog.folder, file), 'utf8');
const config = () => importConfig(join(blog.folder, 'og.config.ts'));
const files = async () => (await readdir(blog.folder)).toSorted();
const yes = (...args: string[]) => runCli(['init', '--yes', ...args], { cwd: blog.folder });

describe('with --yes', () => {
  test('takes what the generator says, writes the configuration and the build line, and nothing else', async () => {
    const { code, stdout, stderr } = await yes();
    expect(code).toBe(0);
    expect(stderr).toContain('Hugo makes this site.');
    expect(stderr).toContain('+ hugo --gc && npx og-sync');
    expect(stdout).toContain('npm install --save-dev og-sync');
    expect(await files()).toEqual(['hugo.toml', 'og.config.ts', 'package.json']);
    expect(await config()).toEqual({
      pages: 'public',
      inject: true,
      site: { name: 'Slow Water', url: 'https://slow-water.example/' },
      template: 'default',
    });
    expect(await read('package.json')).toBe(SCRIPTS.replace('hugo --gc', 'hugo --gc && npx og-sync'));
  });

  test('before the build, says what belongs into the head of this generator', async () => {
    const { stdout } = await yes('--before', '--template', 'docs', '--site-name', 'It\'s "mine"');
    expect(stdout).toContain('Into layouts/partials/og-image.html:');
    expect(stdout).toContain('content="https://slow-water.example/og/{{ (urls.Parse $path).String }}.jpg"');
    expect(await config()).toEqual({
      preset: 'hugo',
      site: { name: 'It\'s "mine"', url: 'https://slow-water.example/' },
      template: 'docs',
      store: 'static/og',
      publicUrl: 'https://slow-water.example/og',
    });
    expect(await read('package.json')).toContain('"npx og-sync && hugo --gc"');
  });

  test('keeps images in a bucket', async () => {
    await yes('--store', 's3://bucket/og', '--public-url', 'https://img.example/og');
    expect(await config()).toMatchObject({ store: 's3://bucket/og', publicUrl: 'https://img.example/og' });
  });

  test('--dry-run writes nothing, and --json is one document', async () => {
    const { stdout, stderr } = await yes('--dry-run', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      files: [
        { file: 'og.config.ts', action: 'created' },
        { file: 'package.json', action: 'changed' },
      ],
      line: null,
      head: null,
    });
    expect(stderr).toBe('');
    expect(await files()).toEqual(['hugo.toml', 'package.json']);
  });

  test.each([
    [['--site-url', 'blog.example'], '--site-url: It must be an address'],
    [['--preset', 'hugoo'], 'Did you mean hugo?'],
    [['--template', 'defualt'], 'There are: default, editorial'],
  ])('%j is refused, and nothing is written', async (args, said) => {
    const { code, stderr } = await yes(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(said);
    expect(await files()).toEqual(['hugo.toml', 'package.json']);
  });

  test('without an address anywhere asks for one', async () => {
    await blog.write('hugo.toml', 'title = "x"\n');
    expect((await yes()).stderr).toContain('--site-url https://blog.example');
  });

  test('changes no configuration that is there', async () => {
    await blog.write('og.config.json', '{}');
    const { code, stderr } = await yes();
    expect(code).toBe(2);
    expect(stderr).toContain('og.config.json');
    expect(await files()).toEqual(['hugo.toml', 'og.config.json', 'package.json']);
    expect(await read('package.json')).toBe(SCRIPTS);
  });

  test('run twice, runs og-sync once', async () => {
    await yes();
    const once = await read('package.json');
    await blog.remove('og.config.ts');
    const { stdout } = await yes();
    expect(await read('package.json')).toBe(once);
    expect(stdout).not.toContain('Into the script');
  });

  test('a file that cannot be read as what it is stays, and the line is told', async () => {
    await blog.write('package.json', PACKAGE);
    const { stdout } = await yes();
    expect(await read('package.json')).toBe(PACKAGE);
    expect(stdout).toContain('<your build> && npx og-sync');
  });
});

test('without a terminal and without --yes it says so', async () => {
  const { code, stderr } = await runCli(['init'], { cwd: blog.folder });
  expect(code).toBe(2);
  expect(stderr).toContain('--yes');
});

const DOWN = '\u001b[B';
const TO_TEMPLATE: readonly Keystroke[] = [
  ['What makes your site?', '\r'],
  ['What is the site called?', '\r'],
  ['What is its address?', '\r'],
  ['When are the cards made?', '\r'],
  ['Which folder does the build write to?', '\r'],
  ['Where do the images live?', '\r'],
];

describe('on a terminal', () => {
  test.each([40, 80])(
    'of %d columns asks, draws the template, shows each file, and writes what is agreed to',
    async (columns) => {
      const { code, text, missed } = await runOnTerminal(['init'], {
        cwd: blog.folder,
        columns,
        steps: [
          ...TO_TEMPLATE,
          ['Which template?', DOWN + DOWN + DOWN],
          ['cat a-river.md', '\r'],
          ['Write og.config.ts?', '\r'],
          ['Change package.json?', 'n'],
        ],
      });
      expect(missed).toBeNull();
      expect(code).toBe(0);
      expect(text).toContain('recognised');
      expect(await config()).toMatchObject({ pages: 'public', template: 'terminal' });
      expect(await read('package.json')).toBe(SCRIPTS);
    },
  );

  test('takes other answers than the ones it offers', async () => {
    const { missed } = await runOnTerminal(['init'], {
      cwd: blog.folder,
      steps: [
        ['What makes your site?', '\r'],
        ['What is the site called?', ' Two\r'],
        ['What is its address?', `${'\u007f'.repeat(40)}nowhere\r`],
        ['It must be an address', `${'\u007f'.repeat(7)}https://two.example\r`],
        ['When are the cards made?', `${DOWN}\r`],
        ['Where do the images live?', `${DOWN}\r`],
        ['Which bucket?', 's3://two/og\r'],
        ['From which address', 'https://img.two.example\r'],
        ['Which template?', '\r'],
        ['Write og.config.ts?', '\r'],
        ['Change package.json?', '\r'],
      ],
    });
    expect(missed).toBeNull();
    expect(await config()).toEqual({
      preset: 'hugo',
      site: { name: 'Slow Water Two', url: 'https://two.example' },
      template: 'default',
      store: 's3://two/og',
      publicUrl: 'https://img.two.example',
    });
    expect(await read('package.json')).toContain('"npx og-sync && hugo --gc"');
  });

  test.each([0, 1, 4, 6, 7, 8])('Ctrl-C at question %d leaves everything as it was', async (at) => {
    const all: readonly Keystroke[] = [
      ...TO_TEMPLATE,
      ['Which template?', '\r'],
      ['Write og.config.ts?', '\r'],
      ['Change package.json?', '\r'],
    ];
    const steps = all
      .slice(0, at + 1)
      .map(([expected, send], index): Keystroke => [expected, index === at ? '\u0003' : send]);
    const { code, text, missed } = await runOnTerminal(['init'], { cwd: blog.folder, steps });
    expect(missed).toBeNull();
    expect(code).toBe(130);
    expect(text).toContain('Nothing was written.');
    expect(await files()).toEqual(['hugo.toml', 'package.json']);
    expect(await read('package.json')).toBe(SCRIPTS);
  });

  test('a configuration that is there is replaced only when asked to', async () => {
    await blog.write('og.config.ts', 'export default {};\n');
    const steps: readonly Keystroke[] = [
      ...TO_TEMPLATE,
      ['Which template?', '\r'],
      ['og.config.ts is here already. Replace it?', '\r'],
      ['Change package.json?', '\r'],
    ];
    expect((await runOnTerminal(['init'], { cwd: blog.folder, steps })).code).toBe(0);
    expect(await read('og.config.ts')).toBe('export default {};\n');
    expect(await read('package.json')).toContain('npx og-sync');
  });
});
