/**
 * Times runs over the pages of a built site: `node bench/pages.ts --pages 10000`. Makes that many pages of some 20 KB, and a
 * file for each image under the name that a hashed key has, so that nothing is left to render. Then, each in a process of its
 * own: `og-sync --inject` writes the tags, once more finds nothing to do, and `og-sync check` looks at all of them.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import type { Cost } from './measured.ts';

const { values } = parseArgs({ options: { pages: { type: 'string', default: '10000' } } });
const MB = 1024 * 1024;
const run = promisify(execFile);
const FLAGS = ['--pages', 'public', '--site-url', 'https://site.example', '--json'];

const WORDS = 'river stone slow water bridge winter gravel light mill valley heron flood'.split(' ');
const word = (index: number): string => WORDS[index % WORDS.length] ?? '';

/** What a theme makes of a post: a head of 3 KB with styles and scripts, a menu, an article. */
function pageText(index: number): string {
  const title = `Number ${index}: the ${word(index)} and the ${word(index * 7 + 3)}`;
  const menu = Array.from({ length: 40 }, (_, at) => `<li><a href="/p/${at}/">Entry ${at}</a></li>`).join(
    '\n',
  );
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${title} | The Slow River</title>
  <meta name="description" content="What the ${word(index * 5)} taught us about ${word(index * 11)}.">
  <link rel="canonical" href="https://site.example/p/${index}/">
  <link rel="stylesheet" href="/style.css"><link rel="icon" href="/icon.svg">
  <script type="application/ld+json">{"@context":"https://schema.org","@type":"BlogPosting","headline":"${title}","datePublished":"2024-0${1 + (index % 9)}-11"}</script>
  <style>${'.a{color:#123;margin:0 auto}'.repeat(60)}</style>
  <script>${'window.q=window.q||[];'.repeat(20)}</script>
</head>
<body>
<header><nav><ul>
${menu}
</ul></nav></header>
<main><article><h1>${title}</h1>
${`<p>${'The water was low and the evening long. '.repeat(20)}</p>\n`.repeat(17)}</article></main>
</body>
</html>
`;
}

async function makeSite(root: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const folder = join(root, 'public/p', String(index));
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'index.html'), pageText(index));
  }
  const { images } = (await measured(root, 'plan', '--inject')).document;
  const background = { r: 18, g: 50, b: 74 };
  const picture = await sharp({ create: { width: 1200, height: 630, channels: 3, background } })
    .jpeg()
    .toBuffer();
  for (const { key } of images) {
    const file = join(root, 'public/og', key);
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, picture);
  }
}

interface Document {
  images: { key: string }[];
  pages: { written: number; unchanged: number };
  summary: { errors: number };
}

async function measured(root: string, ...args: string[]): Promise<{ document: Document; cost: Cost }> {
  const script = fileURLToPath(new URL('measured.ts', import.meta.url));
  const options = { cwd: root, maxBuffer: 1024 * MB };
  const { stdout, stderr } = await run(process.execPath, [script, ...args, ...FLAGS], options);
  return {
    document: JSON.parse(stdout) as Document,
    cost: JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as Cost,
  };
}

const seconds = (time: number) => `${(time / 1000).toFixed(2)} s`.padStart(9);

function print(what: string, { ms, cpuMs, peakBytes }: Cost): void {
  console.log(
    `${what.padEnd(28)}${seconds(ms)}${seconds(cpuMs)} CPU${Math.round(peakBytes / MB)
      .toString()
      .padStart(6)} MB`,
  );
}

const count = Number(values.pages);
const root = await mkdtemp(join(tmpdir(), 'og-bench-'));
try {
  await makeSite(root, count);
  const first = await measured(root, '--inject');
  if (first.document.pages.written !== count) throw new Error(JSON.stringify(first.document.pages));
  const page = join(root, 'public/p/0/index.html');
  const before = await stat(page);
  const second = await measured(root, '--inject');
  if (second.document.pages.unchanged !== count) throw new Error(JSON.stringify(second.document.pages));
  if ((await stat(page)).mtimeMs !== before.mtimeMs) throw new Error('A page was touched.');
  const third = await measured(root, 'check');
  if (third.document.summary.errors > 0) throw new Error(JSON.stringify(third.document.summary));
  console.log(`${count} pages of ${Math.round(before.size / 1000)} kB`);
  print('write the tags of all', first.cost);
  print('nothing to change', second.cost);
  print('check', third.cost);
} finally {
  await rm(root, { recursive: true, force: true });
}
