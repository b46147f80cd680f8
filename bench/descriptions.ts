/**
 * How many descriptions a template cuts: `node bench/descriptions.ts [--count 454] [--template default]`. Sentences of 100 to
 * 200 characters, with titles of usual length, are drawn; what is cut is counted. Ends with 1 where it is 2 % or more.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { outputSchema } from '../function/contract.ts';
import { prepareFonts } from '../function/fonts/fonts.ts';
import { createRenderer } from '../function/renderer/index.ts';
import { loadTemplates } from '../function/templates/templates.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '454' },
    template: { type: 'string', default: 'default' },
  },
});
const count = Number(values.count);
const WORDS =
  'what a year of measuring every request taught small teams about queues caches patience and the infrastructure nobody understood until we had to internationalise configuration management in production with two engineers who wrote it down for everyone else'.split(
    ' ',
  );

/** The same each time: a generator by Lehmer. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647);
}

/** Words from `least` characters on, as many as fit into `most`. */
function sentence(next: () => number, length: number): string {
  let text = '';
  for (;;) {
    const word = WORDS[next() % WORDS.length] ?? '';
    if (text.length + word.length + 2 > length) break;
    text += text === '' ? `${word[0]?.toUpperCase()}${word.slice(1)}` : ` ${word}`;
  }
  return `${text.padEnd(length - 1, 's')}.`;
}

const cacheDir = join(homedir(), '.cache', 'og-sync');
const templates = await loadTemplates({ cacheDir });
const template = templates.all.get(values.template);
if (template === undefined) throw new Error(`There is no template ${values.template}.`);
const renderer = createRenderer({ fontconfig: () => prepareFonts(cacheDir), cacheDir });
const output = outputSchema.parse({});
const site = { name: 'Field Notes', url: 'https://fieldnotes.example' };
const next = numbers(1);
const posts = Array.from({ length: count }, (_, i) => ({
  slug: `posts/${i}`,
  title: sentence(next, 20 + (next() % 60)).slice(0, -1),
  description: sentence(next, 100 + (i % 101)),
  date: '2026-03-05',
  author: 'Mira Okonkwo',
  tags: ['Engineering'],
}));
const pictures = await Promise.all(
  posts.map(async (post) => renderer.render(await template.render({ post, site, output }), output)),
);
await renderer.close();
const warned = pictures.filter(({ findings }) => findings.length > 0);
for (const { findings } of warned.slice(0, 3)) console.log(findings.map(({ message }) => message).join(' '));
console.log(`${values.template}: ${warned.length} of ${count} cards have a finding`);
process.exitCode = warned.length * 50 < count ? 0 : 1;
