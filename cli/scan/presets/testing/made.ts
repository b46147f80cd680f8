/** What a preset makes of a folder, for tests. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { matchFiles } from '../../markdown/files.ts';
import { frontMatterReader } from '../../markdown/front-matter.ts';
import { readHeading } from '../../markdown/heading.ts';
import { readInline } from '../../markdown/text.ts';
import { openProject } from '../reading/project.ts';
import { PRESETS } from '../registry.ts';

export async function madeOf(root: string, name: string, now: Date) {
  const preset = PRESETS.find((one) => one.name === name);
  if (preset === undefined) throw new Error(`no preset ${name}`);
  const rules = preset.rules(openProject(root));
  const files = (await matchFiles(root, rules.content)).map(({ file }) => file);
  const reader = frontMatterReader();
  const read = (file: string): FrontMatter | null => {
    try {
      return reader(join(root, file));
    } catch {
      return null;
    }
  };
  const route = rules.route(files, {
    frontMatter: (file) => read(file) ?? {},
    head: (file) => readFileSync(join(root, file), 'utf8'),
    drafts: false,
    now,
  });
  const pages: { file: string; address: string; title: string | null; lang: string | null }[] = [];
  const computed: string[] = [];
  for (const file of files) {
    const outcome = route(file, read(file));
    if ('none' in outcome) {
      if (outcome.none === 'computed') computed.push(file);
      continue;
    }
    for (const { address, fields, title, fallbackTitle, lang } of outcome.pages) {
      if (/\/404(\.html|\/)?$/.test(address)) continue;
      const front = fields['title'];
      const own = title ?? (typeof front === 'string' ? front : undefined);
      const shown =
        own === undefined
          ? (readHeading(join(root, file), rules.heading)?.text ?? fallbackTitle)
          : readInline(own, rules.text).text;
      pages.push({ file, address, title: shown ?? null, lang: lang ?? null });
    }
  }
  return { pages, computed, text: rules.text, notices: rules.notices };
}
