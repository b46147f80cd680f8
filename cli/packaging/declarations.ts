/**
 * Part of the build: of the declarations that the compiler made of every file, those that the package's entries lead to stay, and import
 * each other by names that any resolution knows. Those of a library that is bundled come along.
 */
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const entry = z.union([z.string(), z.object({ types: z.string() })]);
const { exports, dependencies } = z
  .object({ exports: z.record(z.string(), entry), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** Where a declaration goes: ours stay, those of a library stand beside them. */
function placeOf(file: string): string {
  const [, inside] = file.split(/[/\\]node_modules[/\\]/);
  return inside === undefined ? file : join(ROOT, 'dist/types/libraries', inside);
}

const kept = new Set<string>();
const entries = Object.values(exports).flatMap((one) => (typeof one === 'string' ? [] : [one.types]));
const waiting = entries.map((types) => join(ROOT, types));
for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
  if (kept.has(placeOf(file))) continue;
  const place = placeOf(file);
  kept.add(place);
  const folder = dirname(file);
  const text = readFileSync(file, 'utf8').replaceAll(
    /(\bfrom |\bimport\()(["'])([^"']+)\2/g,
    (whole, before: string, quote: string, from: string) => {
      if (!from.startsWith('.') && Object.hasOwn(dependencies, from)) return whole;
      const declared = from.startsWith('.')
        ? resolve(folder, from.replace(/\.[jt]s$/, '.d.ts'))
        : fileURLToPath(import.meta.resolve(from)).replace(/\.js$/, '.d.ts');
      waiting.push(declared);
      const path = relative(dirname(place), placeOf(declared))
        .replaceAll('\\', '/')
        .replace(/\.d\.ts$/, '.js');
      return `${before}${quote}${path.startsWith('.') ? path : `./${path}`}${quote}`;
    },
  );
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}
for (const file of globSync('dist/types/**/*.d.ts', { cwd: ROOT }))
  if (!kept.has(join(ROOT, file))) rmSync(join(ROOT, file));
