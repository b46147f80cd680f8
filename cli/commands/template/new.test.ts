import { mkdir, readFile, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../../function/package.ts';
import { nameProblem, newNameProblem } from '../../../function/templates/name.ts';
import { importConfig } from '../../config/file.ts';
import { makeBlog, runCli } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import { runOnTerminal } from '../../testing/terminal.ts';

let blog: Blog;
beforeEach(async () => {
  blog = await makeBlog();
});
afterEach(() => blog.close());

const make = (...args: string[]) => runCli(['template', 'new', ...args], { cwd: blog.folder });
const files = async (folder = '.') => (await readdir(join(blog.folder, folder))).toSorted();
const read = (file: string) => readFile(join(blog.folder, file), 'utf8');
const shipped = (file: string) => readFile(join(PACKAGE_ROOT, 'templates', file), 'utf8');

describe('template new', () => {
  test('makes a small template with comments and says the line that the configuration needs', async () => {
    await blog.write('og.config.json', '{ "content": "posts" }');
    const { code, stdout } = await make('mine');
    expect(code).toBe(0);
    expect(await files('templates/mine')).toEqual(['card.css', 'card.html', 'sample.json']);
    expect(stdout).toContain('"templates": "templates",');
    expect(stdout).toContain('npx og-sync template check mine');
    expect(await read('og.config.json')).toBe('{ "content": "posts" }');
  });

  test('copies one of og-sync, and one of the user, into the folder of the configuration', async () => {
    await blog.write('og.config.json', '{ "templates": "my/cards" }');
    expect((await make('paper', '--from', 'editorial')).code).toBe(0);
    expect(await read('my/cards/paper/card.css')).toBe(await shipped('editorial/card.css'));
    await blog.write('my/cards/paper/own.liquid', 'x');
    await blog.write('my/cards/paper/.hidden', 'x');
    const { stdout } = await make('paper-2', '--from', 'paper', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'paper-2',
      from: 'paper',
      folder: 'my/cards/paper-2',
      files: ['card.css', 'card.html', 'own.liquid', 'sample.json'],
      config: null,
    });
    expect(await files('my/cards')).toEqual(['paper', 'paper-2']);
  });

  test('says that it takes the place of one of ours, and that a function has its own copy', async () => {
    await blog.write('og.config.json', '{ "templates": "t", "function": "https://f.example" }');
    const { stdout } = await make('default');
    expect(stdout).toContain('takes the place of the template default');
    expect(stdout).toContain('OG_TEMPLATES');
  });

  test.each([
    ['templates of pages', { 'templates/index.html': '', 'templates/macros/x.html': '' }, 'og-templates'],
    ['templates of cards', { 'templates/a/card.html': '', 'templates/fonts/x': '' }, 'templates'],
  ])('leaves a folder alone that holds something else: %s', async (_what, there, folder) => {
    for (const [file, text] of Object.entries(there)) await blog.write(file, text);
    await make('mine');
    expect(await files(folder)).toContain('mine');
  });

  test.each([
    [['Mine'], 'such as mine'],
    [['my card'], 'such as my-card'],
    [['../out'], 'such as out'],
    [['a/b'], 'such as a-b'],
    [['_shared'], 'such as shared'],
    [['.git'], 'such as git'],
    [[''], 'Choose another name.'],
    [['日本'], 'Choose another name.'],
    [['a'.repeat(65)], '64 characters at most'],
    [['fonts'], 'the fonts of all templates'],
    [['con'], 'kept by Windows'],
    [['mine', '--from', 'editorail'], 'It may be one of cover, default, docs, editorial'],
    [['mine', '--from', '../secret'], 'There is no template'.toLowerCase()],
    [['mine', '--from', 'fonts'], 'there is no template'],
    [['mine', 'yours'], 'too many arguments'],
    [[], "missing required argument 'name'"],
  ])('refuses what cannot be, and makes nothing: %j', async (args, message) => {
    const { code, stderr } = await make(...args);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
    expect(await files()).toEqual([]);
  });

  test.each([
    ['a folder', () => mkdir(join(blog.folder, 'templates/mine'), { recursive: true })],
    ['a file', () => blog.write('templates/mine', '')],
    [
      'a link that leads nowhere',
      async () => {
        await mkdir(join(blog.folder, 'templates'));
        await symlink('/nowhere', join(blog.folder, 'templates/mine'));
      },
    ],
  ])('refuses a name that is taken by %s', async (_what, take) => {
    await blog.write('og.config.json', '{ "templates": "templates" }');
    await take();
    const { code, stderr } = await make('mine');
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('templates/mine is there already'),
    });
  });

  test('a folder that cannot be written is named, and nothing is left', async () => {
    await blog.write('file', '');
    await blog.write('og.config.json', '{ "templates": "file/cards" }');
    const { code, stderr } = await make('mine');
    expect({ code, stderr }).toEqual({
      code: 3,
      stderr: expect.stringContaining('file/cards/mine cannot be made'),
    });
  });
});

const ask = (answer: string) =>
  runOnTerminal(['template', 'new', 'mine'], { cwd: blog.folder, steps: [['?', answer]] });

describe('on a terminal', () => {
  test('writes the line once it is agreed to, and no other byte', async () => {
    await blog.write('og.config.ts', "export default {\n  // All.\n  content: 'posts',\n};\n");
    const { code, missed } = await ask('y');
    expect({ code, missed }).toEqual({ code: 0, missed: null });
    expect(await read('og.config.ts')).toBe(
      "export default {\n  templates: 'templates',\n  // All.\n  content: 'posts',\n};\n",
    );
  });

  test('writes a configuration where there is none', async () => {
    await ask('y');
    expect(await importConfig(join(blog.folder, 'og.config.ts'))).toEqual({ templates: 'templates' });
  });

  test.each(['n', '\x03'])('leaves the configuration alone, and says the line: %j', async (answer) => {
    await blog.write('og.config.json', '{}');
    const { text } = await ask(answer);
    expect(text).toContain('"templates": "templates"');
    expect(await read('og.config.json')).toBe('{}');
    expect(await files('templates')).toEqual(['mine']);
  });
});

test('whatever a template may be called, its folder is one path segment on every system, and front matter may name it', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string({ unit: fc.constantFrom('a', 'Z', '0', '-', '_', '.', '/', '\\', ' ', 'é') }),
      ),
      (name) => {
        const problem = newNameProblem(name);
        if (problem !== null) return;
        expect(name).toMatch(/^[a-z0-9-]+$/);
        expect(join('/t', name)).toBe(`/t/${name}`);
        expect(nameProblem(name)).toBeNull();
      },
    ),
  );
});
