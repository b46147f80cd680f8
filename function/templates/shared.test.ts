import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { card, digests, failure, folderOf, write } from '../testing/own-templates.ts';
import { resolvePath, usedShared } from './shared.ts';

describe('a partial of _shared', () => {
  test.each([
    ['render', "{% render '_shared/by.liquid' %}"],
    ['include', "{% include '_shared/by.liquid' %}"],
    ['a variable', "{% assign p = '_shared/by.liquid' %}{% render p %}"],
    ['a name that is put together', "{% assign p = '_shared/' | append: 'by.liquid' %}{% render p %}"],
    ['another one', "{% render '_shared/sub/outer.liquid' %}"],
  ])('sees the post, the site and the card without being handed them: %s', async (_what, html) => {
    const folder = await folderOf({
      't/card.html': html,
      '_shared/by.liquid':
        '{{ site.name }} {{ post.title | inline }} {{ 48 | px }} {{ post.date | date_long: lang }}',
      '_shared/sub/outer.liquid': "{% render '../by.liquid' %}",
    });
    expect((await card(folder)).body).toContain('A site Hello 24 January 2, 2026');
  });

  test('has pictures of its own and of the template, and what it is handed', async () => {
    const folder = await folderOf({
      't/card.html': `{% render '_shared/logo.liquid', size: 7 %}`,
      't/own.svg': '<svg id="own"/>',
      '_shared/logo.liquid': `<img src="mark.svg" width="{{ size }}"><i style="background:url(mark.svg)"></i>{% render 'part.liquid' %}`,
      '_shared/mark.svg': '<svg/>',
      't/part.liquid': '<img src="own.svg">',
    });
    const { body } = await card(folder);
    expect(body).toContain('<img src="data:image/svg+xml;base64,PHN2Zy8+" width="7">');
    expect(body).toContain("url('data:image/svg+xml;base64,PHN2Zy8+')");
    expect(body).toContain(`src="data:image/svg+xml;base64,${btoa('<svg id="own"/>')}"`);
  });
});

describe('the digest covers what a template uses, and nothing else', () => {
  const FILES = {
    'a/card.html': "{% render '_shared/outer.liquid' %}",
    'b/card.html': 'x',
    'b/card.css': "@import '_shared/base.css';",
    'c/card.html': 'no part of it',
    'd/card.html': "{% assign p = '_shared/icons/' | append: post.data.icon %}{% render p %}",
    '_shared/outer.liquid': "{% render './inner.liquid' %}<img src='mark.svg'>",
    '_shared/inner.liquid': 'x',
    '_shared/mark.svg': '<svg/>',
    '_shared/base.css': 'p{background:url(paper.svg)}',
    '_shared/paper.svg': '<svg/>',
    '_shared/icons/a.svg': '<svg/>',
    '_shared/unused.liquid': 'x',
  };

  test.each([
    ['_shared/outer.liquid', ['a']],
    ['_shared/inner.liquid', ['a']],
    ['_shared/mark.svg', ['a']],
    ['_shared/base.css', ['b']],
    ['_shared/paper.svg', ['b']],
    ['_shared/icons/a.svg', ['d']],
    ['_shared/icons/new.svg', ['d']],
    ['_shared/unused.liquid', []],
    ['_shared/.DS_Store', []],
    ['_shared/card.html', []],
  ])('%s changes %j', async (file, changed) => {
    const folder = await folderOf(FILES);
    const before = await digests(folder);
    await write(folder, { [file]: `changed ${file}` });
    const after = await digests(folder);
    expect([...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name)).toEqual(
      changed,
    );
    expect(after.has('_shared')).toBe(false);
  });

  test('a template that uses nothing shared has the digest that it has without the folder', async () => {
    const own = { 'a/card.html': 'x' };
    const alone = await digests(await folderOf(own));
    const beside = await digests(await folderOf({ ...own, '_shared/x.css': 'p{}', '_shared/y.liquid': '' }));
    expect(beside.get('a')).toBe(alone.get('a'));
  });

  test('what a used file names is used, and nothing from elsewhere', () => {
    const names = [
      '_shared/a.liquid',
      '_shared/b.css',
      '_shared/sub/c.svg',
      '_shared/sub/d.css',
      '_shared/e f.svg',
    ];
    const reference = fc.constantFrom(
      "'_shared/a.liquid'",
      'url(b.css)',
      '"sub/c.svg"',
      "'./sub/d.css'",
      '../b.css',
      "url('../e%20f.svg')",
      '_shared/sub/',
      '%',
      '_shared/%zz',
    );
    fc.assert(
      fc.property(
        fc.array(reference),
        fc.array(fc.array(reference), { minLength: 5, maxLength: 5 }),
        (own, texts) => {
          const shared = new Map(names.map((name, at) => [name, Buffer.from((texts[at] ?? []).join(' '))]));
          const used = usedShared(new Map([['card.html', Buffer.from(own.join(' '))]]), shared);
          // Closed: what a used file names is used.
          const again = usedShared(new Map([['card.html', Buffer.from(own.join(' '))], ...used]), shared);
          expect([...again.keys()]).toEqual([]);
          for (const name of used.keys()) expect(names).toContain(name);
        },
      ),
    );
  });
});

describe('no way out', () => {
  const SECRET = 'secret-of-the-machine';
  test.each([
    ['a partial above', { 't/card.html': "{% render '../other/card.html' %}" }],
    ['a partial above, by way of _shared', { 't/card.html': "{% render '_shared/../../other/card.html' %}" }],
    ['an absolute partial', { 't/card.html': "{% render '/etc/passwd' %}" }],
    [
      'a name that only the post knows',
      { 't/card.html': '{% render post.data.part %}', '_shared/secret.liquid': SECRET },
    ],
    ['a style sheet above', { 't/card.html': 'x', 't/card.css': "@import '../other/x.css';" }],
    [
      'one above, by way of _shared',
      { 't/card.html': 'x', 't/card.css': "@import '_shared/../../other/x.css';" },
    ],
    ['a picture above', { 't/card.html': '<img src="_shared/../../other/x.svg">' }],
    ['one in percent', { 't/card.html': '<img src="_shared/%2e%2e/%2e%2e/other/x.svg">' }],
    ['what cannot be decoded', { 't/card.html': '<img src="_shared/%zz.svg">' }],
    ['a member of every object', { 't/card.html': "{% render 'constructor' %}" }],
    ['a style sheet that is none', { 't/card.html': 'x', 't/card.css': "@import 'card.html';" }],
  ])('%s', async (_what, files: Record<string, string>) => {
    const folder = await folderOf({
      'other/card.html': SECRET,
      'other/x.css': SECRET,
      'other/x.svg': SECRET,
      ...files,
    });
    expect(await failure(folder)).toMatch(/^template_failed: The template "t" /);
  });

  test.each(['file', 'folder', 'whole'])('a symbolic link is not followed: %s', async (kind) => {
    const outside = await folderOf({ 'x.liquid': SECRET });
    const folder = await folderOf({ 't/card.html': "{% render '_shared/in/x.liquid' %}" });
    await mkdir(join(folder, kind === 'whole' ? 'elsewhere/in' : '_shared'), { recursive: true });
    if (kind === 'whole') {
      await write(folder, { 'elsewhere/in/x.liquid': SECRET, 'elsewhere/card.html': '' });
      await symlink(join(folder, 'elsewhere'), join(folder, '_shared'));
    } else if (kind === 'folder') await symlink(outside, join(folder, '_shared/in'));
    else {
      await mkdir(join(folder, '_shared/in'));
      await symlink(join(outside, 'x.liquid'), join(folder, '_shared/in/x.liquid'));
    }
    expect(await failure(folder)).toContain('_shared/in/x.liquid');
    expect(await readFile(join(outside, 'x.liquid'), 'utf8')).toBe(SECRET);
  });

  test('a path that leaves the folder begins with .., whatever it is made of: no file has such a name', () => {
    const part = fc.constantFrom('..', '.', '_shared', 'a', 'b.css', '%2e%2e', '%', '', '?', '#');
    fc.assert(
      fc.property(
        fc.array(part, { minLength: 1 }),
        fc.constantFrom('card.css', '_shared/x.css', 'a/b.css'),
        (parts, file) => {
          const segments = resolvePath(parts.join('/'), file).split('/');
          const inside = segments.findIndex((segment) => segment !== '..');
          expect(inside < 0 ? [] : segments.slice(inside)).not.toContain('..');
        },
      ),
    );
  });
});
