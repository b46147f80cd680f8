/** Every regular expression of the product is judged: what backtracks can be made to spin by whoever writes its input. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkSync } from 'recheck';
import { parseAst } from 'rolldown/parseAst';
import { expect, test, vi } from 'vitest';
import { PACKAGE_ROOT } from '../../function/package.ts';

/** Slow on purpose-made input, and why nobody makes it: what they read is written by the person who waits. */
const ACCEPTED: Readonly<Record<string, string>> = {
  [String.raw`/^\/+|\/+$/g`]: 'a prefix in the settings of a deploy',
  [String.raw`/(?:^|:)(alias\/.+)$/`]: 'the name of a key in the settings of a deploy',
  [String.raw`/^Invalid (?:input|option): expected (.*?)(?:, received .*)?$/`]:
    'a sentence of our own schema',
  [String.raw`/url\(\s*(?<quote>["']?)(?<path>[^"')]+)\k<quote>\s*\)/gi`]: 'a template',
  [String.raw`/@font-face\s*\{[^}]*\}/gi`]: 'a template',
  [String.raw`/\d{1,2}:\d{2}.*(Z|UTC|GMT|[+-]\d{2}:?\d{2})\s*$/`]: 'cut to 64 characters before',
  [String.raw`/eleventy[^&|;]*--input[= ]\s*["']?([^\s"']+)/`]: 'a script of package.json',
};
/** Files that put an expression together, each looked at below or here. */
const COMPOSED: Readonly<Record<string, string>> = {
  'cli/scan/dates.ts': 'judged below',
  'function/key.ts': 'judged below',
  'function/text/case.ts': 'judged below',
  'function/text/spacing-rules.ts': 'judged below',
  'function/fonts/installed.ts': 'the name of a package, between signs; a style sheet of the template',
  'function/fonts/scripts.ts': 'judged below',
};

interface Found {
  expression: string;
  file: string;
}

function* nodesOf(value: unknown): Generator<{ type: unknown }> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value) yield value;
  for (const child of Object.values(value)) yield* nodesOf(child);
}

function expressionsOf(file: string): { literals: Found[]; composes: boolean } {
  const ast: unknown = parseAst(readFileSync(join(PACKAGE_ROOT, file), 'utf8'), {
    lang: file.endsWith('x') ? 'tsx' : 'ts',
  });
  const literals: Found[] = [];
  let composes = false;
  for (const node of nodesOf(ast)) {
    const { regex, callee } = node as {
      regex?: { pattern: string; flags: string };
      callee?: { name?: string };
    };
    if (node.type === 'Literal' && regex !== undefined)
      literals.push({ expression: `/${regex.pattern}/${regex.flags}`, file });
    if (/^(?:New|Call)Expression$/.test(String(node.type)) && callee?.name === 'RegExp') composes = true;
  }
  return { literals, composes };
}

const FILES = globSync('{function,cli,deploy}/**/*.{ts,tsx}', { cwd: PACKAGE_ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/\.test\.ts$|\/testing\//.test(file));

function complexityOf(expression: string): string {
  const end = expression.lastIndexOf('/');
  // Without a repetition that has no end there is nothing to judge.
  if (!/[*+]|\{\d+,\}/.test(expression.slice(0, end))) return 'linear';
  // The checker knows no "v"; it means the same as "u" for expressions without set operations.
  const flags = expression.slice(end + 1).replace('v', 'u');
  const judged = checkSync(expression.slice(1, end), flags, { timeout: 10_000 });
  if (judged.status === 'safe') return 'linear';
  return judged.status === 'vulnerable' ? judged.complexity.summary : 'not judged in time';
}

test('every expression of the product takes time in proportion to its input', { timeout: 120_000 }, () => {
  const all = FILES.map((file) => expressionsOf(file));
  const byText = new Map(all.flatMap(({ literals }) => literals).map((found) => [found.expression, found]));
  expect(byText.size).toBeGreaterThan(100);
  const slow = [...byText.values()]
    .map(({ expression, file }) => ({ expression, file, complexity: complexityOf(expression) }))
    .filter(({ complexity }) => complexity !== 'linear');
  expect(slow.filter(({ expression }) => !Object.hasOwn(ACCEPTED, expression))).toEqual([]);
  expect(slow.map(({ expression }) => expression).sort()).toEqual(Object.keys(ACCEPTED).sort());
  const composing = FILES.filter((_, index) => all[index]?.composes);
  expect(composing.sort()).toEqual(Object.keys(COMPOSED).sort());
});

test('so do those that are put together', { timeout: 120_000 }, async () => {
  const made: string[] = [];
  vi.stubGlobal(
    'RegExp',
    class extends RegExp {
      constructor(pattern: string | RegExp, flags?: string) {
        super(pattern, flags);
        made.push(String(this));
      }
    },
  );
  try {
    await import('../scan/dates.ts');
    const { keyHash } = await import('../../function/key.ts');
    keyHash(['{template}/{slug}.{hash}.{ext}']);
    await import('../../function/text/case.ts');
    const { bound } = await import('../../function/text/spacing.ts');
    for (const language of ['de', 'es']) bound('am 5 Mai 2024', language);
    const { scriptsIn } = await import('../../function/fonts/scripts.ts');
    scriptsIn('বাংলা');
  } finally {
    vi.unstubAllGlobals();
  }
  expect(made.length).toBeGreaterThanOrEqual(4);
  expect(made.map((expression) => `${expression} ${complexityOf(expression)}`)).toEqual(
    made.map((expression) => `${expression} linear`),
  );
});
