/**
 * Part of the build: of the declarations that the compiler made of every file, those that the package's entries lead to stay, and import each
 * other by names that any resolution knows. Fails where one needs what is no dependency.
 */
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const entry = z.union([z.string(), z.object({ types: z.string() })]);
const { exports, dependencies } = z
  .object({ exports: z.record(z.string(), entry), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

const kept = new Set<string>();
const entries = Object.values(exports).flatMap((one) => (typeof one === 'string' ? [] : [one.types]));
const waiting = entries.map((types) => join(ROOT, types));
for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
  if (kept.has(file)) continue;
  kept.add(file);
  const folder = dirname(file);
  const text = readFileSync(file, 'utf8').replaceAll(
    /(\bfrom |\bimport\()(["'])([^"']+)\2/g,
    (_whole, before: string, quote: string, from: string) => {
      const name = from.replace(/\.ts$/, '');
      if (from.startsWith('.')) waiting.push(resolve(folder, `${name}.d.ts`));
      else if (!Object.hasOwn(dependencies, from)) throw new Error(`${file} needs ${from}, no dependency.`);
      return `${before}${quote}${from.startsWith('.') ? `${name}.js` : from}${quote}`;
    },
  );
  writeFileSync(file, text);
}
for (const file of globSync('dist/types/**/*.d.ts', { cwd: ROOT }))
  if (!kept.has(join(ROOT, file))) rmSync(join(ROOT, file));
