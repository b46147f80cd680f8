/** A folder that a generator built → what it says of each page. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import glob from 'fast-glob';
import { Parser } from 'htmlparser2';

/** A page as the generator made it. */
export interface BuiltPage {
  /** The path of its file below the built folder, `/a/` for `a/index.html`. */
  address: string;
  /** The content file it was made of, as the generator itself says; null: made of none, such as a list of tags. */
  source: string | null;
  /** Null where the page has no title of its own. */
  title: string | null;
  lang: string | null;
}

interface Options {
  /** What the theme adds to each title. */
  suffix?: RegExp | undefined;
  /** The folder in which the generator ran: source paths start there. */
  root: string;
}

/** Where "edit this page" leads in the sites of themes that have no other way to name the source. */
const EDIT = 'https://edit.example/';

/** Every page of the folder, sorted by address; redirects left out. */
export async function crawl(folder: string, { suffix, root }: Options): Promise<BuiltPage[]> {
  const pages: BuiltPage[] = [];
  for (const file of await glob('**/*.html', { cwd: folder, dot: true })) {
    const { redirect, title, source, lang } = read(await readFile(join(folder, file), 'utf8'));
    if (redirect) continue;
    pages.push({
      address: `/${file.replace(/(^|\/)index\.html$/, '$1')}`,
      source: source === '' ? null : (source?.replace(`${root}/`, '').replace(/^\.\//, '') ?? null),
      title: title.replace(suffix ?? /$^/, '').trim() || null,
      lang: lang === '' ? null : lang,
    });
  }
  return pages.sort((a, b) => (a.address < b.address ? -1 : 1));
}

function read(html: string) {
  const page = { redirect: false, title: '', source: null as string | null, lang: null as string | null };
  let inTitle = false;
  let titles = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      const { href = '', lang = null, content = '' } = attributes;
      if (name === 'title') inTitle = ++titles === 1;
      if (name === 'html') page.lang = lang;
      if (name === 'meta' && attributes['http-equiv'] === 'refresh') page.redirect = true;
      if (name === 'meta' && attributes['name'] === 'source') page.source = content;
      if (name === 'a' && href.length > EDIT.length && href.startsWith(EDIT))
        page.source ??= decodeURIComponent(href.slice(EDIT.length));
    },
    ontext(text) {
      if (inTitle) page.title += text;
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
    },
  });
  parser.end(html);
  return page;
}
