import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBlog, runCli } from '../../testing/process.ts';
import type { Blog } from '../../testing/process.ts';
import type { TemplatesDocument } from './findings.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await makeBlog();
});
afterAll(() => blog.close());

const run = (...args: string[]) => runCli(['template', ...args], { cwd: blog.folder });
async function check(...args: string[]): Promise<{ code: number | null; document: TemplatesDocument }> {
  const { code, stdout } = await run('check', '--json', ...args);
  return { code, document: JSON.parse(stdout) as TemplatesDocument };
}

test('a new template renders at once, in all sizes and with all samples, and nothing is found', async () => {
  await blog.write(
    'og.config.json',
    JSON.stringify({
      templates: 'cards',
      site: { name: 'A site', accent: '#e0311d' },
      outputs: [{ name: 'wide' }, { name: 'square', width: 1080, height: 1080, format: 'webp' }],
    }),
  );
  await run('new', 'mine');
  await run('new', 'copy', '--from', 'editorial');
  const { code, stdout, stderr } = await run('check', '--strict', '--out', 'pictures');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/mine +28 +– +– +\d+ ms/);
  expect(stdout).toMatch(/copy +28 +– +– +\d+ ms/);
  const pictures = await readdir(join(blog.folder, 'pictures/mine'));
  expect(pictures).toHaveLength(28);
  const square = await readFile(join(blog.folder, 'pictures/mine/sample-square.webp'));
  expect(await sharp(square).metadata()).toMatchObject({ format: 'webp', width: 1080, height: 1080 });
  const { stdout: listed } = await run('list');
  expect(listed).toMatch(/mine +cards\/mine +\S+ kB +Inter\n/);
  expect(listed).toMatch(/editorial +og-sync +\S+ kB +Source Serif 4\n/);
});

const CARD = '<p dir="auto" data-lines="20">{{ post.title }}</p>';

type Fault = readonly [
  what: string,
  files: Record<string, string>,
  severity: 'error' | 'warning',
  code: string,
  /** With its line. */
  place: string | null,
  said: string,
];
const FAULTS: readonly Fault[] = [
  [
    'a filter that is none',
    { 'card.html': 'a\n{{ post.title | nosuch }}' },
    'error',
    'template_failed',
    'card.html:2',
    'undefined filter: nosuch',
  ],
  [
    'a tag that is left open',
    { 'card.html': 'a\n\n{% if post.title %}' },
    'error',
    'template_failed',
    'card.html:3',
    'not closed',
  ],
  [
    'a partial that is not there',
    { 'card.html': "\n{% render 'no.liquid' %}" },
    'error',
    'template_failed',
    'card.html:2',
    'no.liquid',
  ],
  [
    'a fault in a partial',
    { 'card.html': "{% render 'x.liquid' %}", 'x.liquid': '\n\n{{ 1 | nosuch }}' },
    'error',
    'template_failed',
    'x.liquid:3',
    'nosuch',
  ],
  [
    'a picture that is not there',
    { 'card.html': '<img\nsrc="no.png">' },
    'error',
    'template_failed',
    'card.html:2',
    'no.png',
  ],
  [
    'one in a style sheet',
    { 'card.html': CARD, 'card.css': '\n\np{background:url(no.svg)}' },
    'error',
    'template_failed',
    'card.css:3',
    'no.svg',
  ],
  [
    'a loop without an end',
    { 'card.html': '{% for a in (1..999999999) %}x{% endfor %}' },
    'error',
    'template_failed',
    'card.html:1',
    'limit',
  ],
  [
    'a sample that is no JSON',
    { 'card.html': CARD, 'sample.json': '{\n"post": {\n}' },
    'error',
    'sample_invalid',
    'sample.json:3',
    'no JSON',
  ],
  [
    'a sample that is no post',
    { 'card.html': CARD, 'sample.json': '{"post":{"slug":"a","titel":"x"}}' },
    'error',
    'sample_invalid',
    'sample.json',
    'did you mean title?',
  ],
  [
    'text that is cut',
    { 'card.html': '<p dir="auto" data-lines="1" style="width:300px">{{ post.title }}</p>' },
    'warning',
    'text_cut',
    null,
    '',
  ],
  [
    'what reaches over the edge',
    { 'card.html': '<p style="width:2000px;white-space:nowrap">{{ post.title }}</p>' },
    'warning',
    'overflow',
    null,
    '',
  ],
  [
    'a check that there is none of',
    { 'card.html': '<p data-lint-off="edge">a</p>\n<p data-lint-off="edge smal_text">b</p>' },
    'warning',
    'unknown_check',
    'card.html:2',
    'Did you mean small_text?',
  ],
  [
    'text that is pale',
    { 'card.html': '<p class="pale" style="margin:60px;font-size:40px;color:#ddd">{{ post.title }}</p>' },
    'warning',
    'low_contrast',
    null,
    '(.pale) has a contrast of',
  ],
  [
    'text that is small',
    { 'card.html': '<p class="by" style="margin:60px;font-size:20px">{{ site.name }} by</p>' },
    'warning',
    'small_text',
    null,
    '"by" (.by) is set at 20 px; it needs 24 px at least.',
  ],
  [
    'text at the edge',
    { 'card.html': '<p class="by" style="margin:10px;font-size:30px">By</p>' },
    'warning',
    'edge',
    null,
    '(.by) stands 10 px from the left edge',
  ],
  [
    'a sign that no font has',
    { 'card.html': '<p>\u{12000}</p>' },
    'warning',
    'missing_glyph',
    null,
    'U+12000',
  ],
];

describe('a fault is found', () => {
  let found: TemplatesDocument;
  beforeAll(async () => {
    await blog.write('og.config.json', '{ "templates": "faults" }');
    for (const [at, [, files]] of FAULTS.entries())
      for (const [path, text] of Object.entries(files)) await blog.write(`faults/fault-${at}/${path}`, text);
    found = (await check()).document;
  }, 60_000);

  test.each(FAULTS)('%s', (what, _files, severity, code, place, said) => {
    const name = `fault-${FAULTS.findIndex((fault) => fault[0] === what)}`;
    const findings = found.templates.find((template) => template.name === name)?.findings ?? [];
    const finding = findings.find((one) => one.code === code);
    expect(finding?.severity).toBe(severity);
    const { file = null, line = null } = finding ?? {};
    expect(line === null ? file : `${file}:${line}`).toBe(place === null ? null : `faults/${name}/${place}`);
    expect(finding?.message).toContain(said);
  });

  test('an image with too many bytes is a warning, which ends with 1 where it is asked for', async () => {
    await blog.write(
      'og.config.json',
      '{ "templates": "heavy", "output": { "maxBytes": 1000, "format": "png", "width": 300, "height": 200 } }',
    );
    await blog.write('heavy/t/card.html', CARD);
    const { code, document } = await check();
    expect(code).toBe(0);
    expect(document.templates[0]?.findings.map((finding) => finding.code)).toContain('over_budget');
    expect(document.templates[0]?.timing?.ms).toBeGreaterThan(0);
    expect((await check('--strict')).code).toBe(1);
  });

  test('one mistake is one finding, however many cards it costs, and the sound template beside it is measured', async () => {
    await blog.write('og.config.json', '{ "templates": "two" }');
    await blog.write('two/broken/card.html', '{{ 1 | nosuch }}');
    await blog.write('two/sound/card.html', CARD);
    const { code, document } = await check('sound', 'broken');
    expect(code).toBe(1);
    expect(document.summary).toMatchObject({ templates: 2, errors: 1 });
    expect(document.templates.map(({ name, timing }) => [name, timing === null])).toEqual([
      ['sound', false],
      ['broken', true],
    ]);
    expect(document.baseline?.name).toBe('default');
    const { stdout } = await run('check', 'broken');
    expect(stdout).toContain('two/broken/card.html:1: The template "broken" failed');
  });
});

test.each([
  [['check', 'editorail'], 'Did you mean editorial?'],
  [
    ['check', 'lost'],
    "og-templates/lost is there, but the configuration names no folder of templates. Add to it: templates: 'og-templates'",
  ],
  [['check', '--out', 'og.config.json/x', 'minimal'], 'cannot be written'],
  [['nwe'], 'Did you mean new?'],
])('what cannot be is said: %j', async (args, message) => {
  await blog.write('og.config.json', '{}');
  await blog.write('og-templates/lost/card.html', 'x');
  const { code, stderr } = await run(...args);
  expect(stderr).toContain(message);
  expect(code).toBeGreaterThanOrEqual(2);
});
