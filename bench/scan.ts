/**
 * Times a run with nothing to do: `node bench/scan.ts --posts 10000`. Makes that many small posts and a folder store that holds
 * their images already, then runs `og-sync plan` in a process of its own: scan, items, inventory, plan.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import sharp from 'sharp';
import { openStore } from '../function/store/open.ts';
import { loadTemplates } from '../function/templates/templates.ts';
import { resolveConfig } from '../cli/config/config.ts';
import { toItems } from '../cli/plan/items.ts';
import { createPictures } from '../cli/pictures/pictures.ts';
import { scan } from '../cli/scan/scan.ts';
import type { Cost } from './measured.ts';

const { values } = parseArgs({
  options: { posts: { type: 'string', default: '10000' }, runs: { type: 'string', default: '3' } },
});
const MB = 1024 * 1024;
const run = promisify(execFile);

const WORDS = 'river stone slow water bridge winter gravel light mill valley heron flood'.split(' ');
const word = (index: number): string => WORDS[index % WORDS.length] ?? '';

function postText(index: number): string {
  const day = String(1 + (index % 28)).padStart(2, '0');
  return [
    '---',
    `title: "Number ${index}: the ${word(index)} and the ${word(index * 7 + 3)}"`,
    `description: What the ${word(index * 5)} taught us about ${word(index * 11)} in ${index % 90} days.`,
    `date: 20${10 + (index % 15)}-0${1 + (index % 9)}-${day}`,
    `tags: [${word(index)}, ${word(index + 1)}]`,
    'author: Ines Faber',
    '---',
    '',
    `${'The water was low and the evening long. '.repeat(40)}\n`,
  ].join('\n');
}

/** A blog of `count` posts whose images are all in the store `out/images`, as a run would have left them. */
async function makeBlog(root: string, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const folder = join(root, 'content', String(index % 100));
    if (index < 100) await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `post-${index}.md`), postText(index));
  }
  await writeFile(join(root, 'og.config.json'), '{}\n');
  const cacheDir = process.env['OG_CACHE_DIR'] ?? join(homedir(), '.cache/og-sync');
  const config = resolveConfig({}, root, null);
  const { all } = await loadTemplates({ cacheDir });
  const templates = Object.fromEntries([...all].map(([name, { digest }]) => [name, { digest }]));
  const { posts } = await scan(config, { now: new Date() });
  const pictures = createPictures({ ...config, cacheDir });
  const { items } = await toItems(posts, { config, site: {}, description: { templates }, pictures });
  const store = openStore(join(root, 'out/images'));
  const background = { r: 18, g: 50, b: 74 };
  const bytes = await sharp({ create: { width: 1200, height: 630, channels: 3, background } })
    .jpeg()
    .toBuffer();
  for (const { key, fingerprint } of items)
    await store.put({ key, bytes, contentType: 'image/jpeg', fingerprint, immutable: false });
}

async function timed(root: string, count: number): Promise<Cost> {
  const script = fileURLToPath(new URL('measured.ts', import.meta.url));
  const options = { cwd: root, maxBuffer: 1024 * MB };
  const { stdout, stderr } = await run(process.execPath, [script, 'plan', '--json'], options);
  const { summary } = JSON.parse(stdout) as {
    summary: { unchanged: number; created: number; updated: number };
  };
  if (summary.unchanged !== count)
    throw new Error(`Not a run with nothing to do: ${JSON.stringify(summary)}`);
  return JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as Cost;
}

const count = Number(values.posts);
const root = await mkdtemp(join(tmpdir(), 'og-sync-bench-'));
try {
  console.log(`Making ${count} posts and their images …`);
  await makeBlog(root, count);
  for (let turn = 0; turn < Number(values.runs); turn++) {
    const { ms, cpuMs, peakBytes } = await timed(root, count);
    const rate = Math.round((count / ms) * 1000);
    console.log(
      `scan + plan, nothing to do: ${(ms / 1000).toFixed(2)} s from process start, ${rate} posts/s, ` +
        `${(cpuMs / 1000).toFixed(2)} s CPU, ${Math.round(peakBytes / MB)} MB peak memory`,
    );
  }
} finally {
  await rm(root, { recursive: true, force: true });
}
