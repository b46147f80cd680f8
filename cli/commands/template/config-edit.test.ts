import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readModule } from '../../scan/presets/reading/module.ts';
import { configLine, newConfig, withTemplates } from './config-edit.ts';

test.each([
  ['og.config.json', '{}', '{ "templates": "t" }'],
  ['og.config.json', '{ "a": 1 }', '{ "templates": "t", "a": 1 }'],
  ['og.config.json', '{\n\t"a": 1\n}\n', '{\n\t"templates": "t",\n\t"a": 1\n}\n'],
  ['og.config.json', '{\r\n  "a": {}\r\n}', '{\r\n  "templates": "t",\r\n  "a": {}\r\n}'],
  [
    'og.config.ts',
    "import { defineConfig } from 'og-sync';\n\nexport default defineConfig({\n  a: 1,\n});\n",
    "import { defineConfig } from 'og-sync';\n\nexport default defineConfig({\n  templates: 't',\n  a: 1,\n});\n",
  ],
  [
    'og.config.js',
    'const c = { a: 1 };\nexport default c;\n',
    "const c = { templates: 't', a: 1 };\nexport default c;\n",
  ],
  ['og.config.cjs', 'module.exports = {};', "module.exports = { templates: 't' };"],
  [
    'og.config.ts',
    '// export default {\nconst x = { a: 1 };\nexport default { b: x } satisfies object;',
    "// export default {\nconst x = { a: 1 };\nexport default { templates: 't', b: x } satisfies object;",
  ],
])('a line is put into %s: %j', (file, text, expected) => {
  expect(withTemplates(file, text, 't')).toBe(expected);
});

test.each([
  ['og.config.json', '{ "templates": "other" }'],
  ['og.config.json', '[]'],
  ['og.config.json', '{ not json'],
  ['og.config.ts', 'export default make();'],
  ['og.config.ts', "export default { ...base, get templates() { return 'x'; } };"],
  ['og.config.ts', 'export default {'],
])('and into none that it would change otherwise, or that only a program knows: %s %j', (file, text) => {
  expect(withTemplates(file, text, 't')).toBeNull();
});

test('whatever the folder is called, the file reads back as it, with all that was there', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1, unit: 'binary' }),
      fc.dictionary(fc.string(), fc.jsonValue()),
      (folder, fields) => {
        fc.pre(!('templates' in fields) && !('__proto__' in fields));
        const text = withTemplates('og.config.json', JSON.stringify(fields, null, 2), folder);
        expect(JSON.parse(text ?? '')).toEqual({ ...JSON.parse(JSON.stringify(fields)), templates: folder });
        const line = configLine('og.config.ts', folder);
        expect(readModule(`export default { ${line} };`)?.exported).toEqual({ templates: folder });
      },
    ),
  );
  expect(newConfig('t')).toBe("export default {\n  templates: 't',\n};\n");
});
