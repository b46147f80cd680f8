import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Call, COMPUTED, readModule } from './module.ts';

const exported = (text: string) => readModule(text)?.exported;

describe('what a configuration exports', () => {
  it.each([
    ['export default { a: 1, "b-c": [true, null, -2], d: { e: `f` } };'],
    ['module.exports = { a: 1, "b-c": [true, null, -2], d: { e: "f" } };'],
    ['const d = { e: "f" } as const;\nexport default { a: 1, "b-c": [true, null, -2], d } satisfies Config;'],
    ['const config: Config = { a: 1, "b-c": [true, null, -2], d: { e: "f" } };\nexport default config;'],
    ['export default defineConfig({ a: 1, "b-c": [true, null, -2], d: { e: "f" } });'],
    ['export default defineConfig(async ({ mode }) => ({ a: 1, "b-c": [true, null, -2], d: { e: "f" } }));'],
    [
      'module.exports = function (c) { c.add("x"); return { a: 1, "b-c": [true, null, -2], d: { e: "f" } }; };',
    ],
    [
      'const base = { a: 1, d: {} };\nexport default { ...base, "b-c": [true, ...[null, -2]], d: { e: "f" } };',
    ],
    [
      'export default async function make() { const d = { e: "f" }; return { a: 1, "b-c": [true, null, -2], d }; }',
    ],
  ])('is read from %s', (text) => {
    expect(exported(text)).toEqual({ a: 1, 'b-c': [true, null, -2], d: { e: 'f' } });
  });

  it('is unknown where a program computes it, and known beside', () => {
    expect(
      exported(
        'import x from "./x.js"; export default { a: process.env.A ?? "b", x, f() {}, [x]: 1, known: "k" };',
      ),
    ).toEqual({ a: COMPUTED, x: COMPUTED, f: COMPUTED, known: 'k' });
    expect(exported('export default make();')).toBeInstanceOf(Call);
    expect(exported('export default 1 + ')).toBeUndefined();
    expect(exported('const a = a; export default a;')).toBe(COMPUTED);
  });

  it('keeps calls, paths and constants', () => {
    const module = readModule(
      'const NAME = "n";\nexport const collections = { [NAME]: defineCollection({ loader: glob({ base: `./${NAME}` }) }) };\nexport default { path: path.join(__dirname, "a", NAME), other: "x" + NAME };',
    );
    expect(module?.exported).toEqual({ path: 'a/n', other: 'xn' });
    expect(module?.named.get('collections')).toEqual({ n: { loader: new Call('glob', [{ base: './n' }]) } });
  });
});

it('no text is executed and none throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void readModule(text)));
  expect(exported('globalThis.touched = true; export default { a: (() => { throw 1; })() };')).toEqual({
    a: expect.any(Call) as Call,
  });
  expect(globalThis).not.toHaveProperty('touched');
});

it('a name that reaches a prototype is none', () => {
  expect(exported('export default { __proto__: { a: 1 }, b: {}.constructor };')).toEqual({ b: COMPUTED });
});
