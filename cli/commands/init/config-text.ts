/** Answers → the text of a short, commented `og.config.ts`. Pure. */
import type { Answers } from './answers.ts';
import { imagesUrl, servedStore } from './answers.ts';
import { SKETCHES } from './sketch.ts';
import type { GeneratorFacts } from './generators/types.ts';

export interface ConfigTextOptions {
  facts: Pick<GeneratorFacts, 'served' | 'accent' | 'logo'>;
  /** How the generator is called; null when none is known. */
  label: string | null;
  /** Whether the configuration may import og-sync: where it is not installed, that would fail. */
  isInstalled: boolean;
}

/** A string as TypeScript writes it, in single quotes. */
function quoted(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`;
}

export function configText(answers: Answers, options: ConfigTextOptions): string {
  const body = [
    ...sourceLines(answers, options),
    ...siteLines(answers, options),
    ...imageLines(answers, options),
  ];
  const fields = body.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
  return options.isInstalled
    ? `import { defineConfig } from 'og-sync';\n\nexport default defineConfig({\n${fields}\n});\n`
    : `export default {\n${fields}\n};\n`;
}

function sourceLines({ preset, when, pages }: Answers, { label }: ConfigTextOptions): string[] {
  if (when === 'after')
    return [
      '// Cards are made of the pages that the build wrote, and their tags are written into them.',
      `pages: ${quoted(pages)},`,
      'inject: true,',
    ];
  return preset === null
    ? ['// The markdown that becomes pages.', "content: 'content',"]
    : [
        `// Which files are pages, and where each of them lives, is known from ${label}.`,
        `preset: ${quoted(preset)},`,
      ];
}

function siteLines({ siteName, siteUrl }: Answers, { facts }: ConfigTextOptions): string[] {
  return [
    '',
    '// What every card shows.',
    'site: {',
    ...(siteName === null ? [] : [`  name: ${quoted(siteName)},`]),
    `  url: ${quoted(siteUrl)},`,
    ...(facts.logo === undefined ? [] : [`  logo: ${quoted(facts.logo)},`]),
    ...(facts.accent === undefined ? [] : [`  accent: ${quoted(facts.accent)},`]),
    '},',
    '',
  ];
}

function imageLines(answers: Answers, { facts }: ConfigTextOptions): string[] {
  const { template, store, publicUrl, when } = answers;
  const lines = [
    `// ${Object.keys(SKETCHES).join(', ')}; a function may choose one for each post.`,
    `template: ${quoted(template)},`,
  ];
  if (store !== null || when === 'before')
    lines.push(
      '',
      '// Where images are kept, and the address they are served from.',
      `store: ${quoted(store ?? servedStore(facts))},`,
      `publicUrl: ${quoted(imagesUrl(answers))},`,
    );
  else if (publicUrl !== null) lines.push(`publicUrl: ${quoted(publicUrl)},`);
  return lines;
}
