/** The language that a folder (`zh-tw/…`) or a file's name (`a.zh-cn.md`) says, BCP 47. Careful: `go/` is no language. */
import { posix } from 'node:path';
import { languageTag } from '../../function/text/language.ts';
import type { ContentFile } from './markdown/files.ts';

/** Codes (ISO 639) that mean nothing else in English, in geography or in a programmer's life. */
const CLEAR = new Set(
  'ar az bg bn cy da de el en eo es et fa fi fr ga gu he hu hy ja ka kk km kn ko ky lt lv mk mn mr nb ne nl nn pa pl pt ro ru sk sl sq sr sv ta te th tr ur uz zh zu ast ckb dsb fil gsw hsb nds yue'.split(
    ' ',
  ),
);
const SHAPE = /^[a-z]{2,3}(?:[-_][a-z]{4})?(?:[-_](?:[a-z]{2}|\d{3}))?$/i;
/** Names that any folder may have: the same one in two folders says nothing. */
const ANYWHERE = /^_?(?:index|readme|home)\b/i;

/** The name of a code in English; undefined for a code that means nothing. Made when first asked: its tables take time to load. */
const NAMES = new Map<Intl.DisplayNamesType, Intl.DisplayNames>();
function nameOf(type: 'language' | 'script' | 'region', code: string): string | undefined {
  const names = NAMES.get(type) ?? new Intl.DisplayNames('en', { type, fallback: 'none' });
  NAMES.set(type, names);
  return names.of(code);
}

/** `sure`: no neighbour is needed to believe it. `bare`: it is a language alone, without script or region. */
interface Tag {
  lang: string;
  sure: boolean;
  bare: boolean;
}

/**
 * Finds the language of each file. A code with a region or script that belongs to it (`pt-br`) counts anywhere, a clear
 * code (`ja`) as a file's ending and as the first folder. Any other code (`id`, `is`, `it`, `no`) counts beside the same
 * file in another language, or where all folders beside it are languages and one of them is clear.
 * @param site the language of the site
 */
export function languagesOf(
  files: readonly ContentFile[],
  site: string | null,
): (file: ContentFile) => string | null {
  const known = tagReader();
  const levels = levelsOf(files, known, site);
  const paths = new Set(files.map(({ file }) => withoutEnding(file)));

  function byName(file: string): string | null {
    const path = withoutEnding(file);
    const suffix = posix.extname(path).slice(1);
    const tag = known(suffix);
    if (tag === null) return null;
    const base = path.slice(0, -suffix.length - 1);
    return tag.sure || paths.has(base) || levels.translated(base, suffix) ? tag.lang : null;
  }

  function byFolder({ file, fixed }: ContentFile): string | null {
    const segments = file.split('/').slice(0, -1);
    const first = fixed === '' ? 0 : fixed.split('/').length;
    for (const [at, segment] of segments.entries()) {
      const tag = known(segment);
      if (tag === null) continue;
      const above = segments.slice(0, at).join('/');
      if (tag.sure && (!tag.bare || at === first)) return tag.lang;
      if (levels.believes(above, segment)) return tag.lang;
    }
    return null;
  }

  return (file) => byName(file.file) ?? byFolder(file);
}

function withoutEnding(file: string): string {
  return file.slice(0, file.length - posix.extname(file).length);
}

function tagReader(): (text: string) => Tag | null {
  const read = new Map<string, Tag | null>();
  return (text) => {
    if (text.length > 11) return null;
    let tag = read.get(text);
    if (tag === undefined) {
      tag = tagOf(text);
      read.set(text, tag);
    }
    return tag;
  };
}

function tagOf(text: string): Tag | null {
  const lang = SHAPE.test(text) ? languageTag(text) : null;
  if (lang === null) return null;
  const { language, script, region } = new Intl.Locale(lang);
  if (nameOf('language', language) === undefined || (language.length > 2 && !CLEAR.has(language)))
    return null;
  if (script !== undefined && nameOf('script', script) === undefined) return null;
  if (region !== undefined && nameOf('region', region) === undefined) return null;
  const bare = script === undefined && region === undefined;
  // "vi-VN" is a language and a country that go together; "so-so" and "to-do" are words.
  const likely = new Intl.Locale(language).maximize().region;
  const together = region !== undefined && region === likely && region.toLowerCase() !== language;
  return { lang, bare, sure: CLEAR.has(language) || together };
}

interface Level {
  /** All folders of it, with the paths of their files below. */
  folders: Map<string, Set<string>>;
  /** Files beside the folders, and below, by their paths from here. */
  paths: Set<string>;
}

interface Levels {
  /** Whether a folder that may be a language is one, by what lies beside it. */
  believes(above: string, folder: string): boolean;
  /** Whether a file of this name is there with the ending of another language. */
  translated(base: string, suffix: string): boolean;
}

function levelsOf(
  files: readonly ContentFile[],
  known: (text: string) => Tag | null,
  site: string | null,
): Levels {
  const levels = new Map<string, Level>();
  const endings = new Map<string, Set<string>>();
  for (const { file } of files) {
    const path = withoutEnding(file);
    const suffix = posix.extname(path).slice(1);
    if (known(suffix) !== null) add(endings, path.slice(0, -suffix.length - 1), suffix);
    const segments = path.split('/');
    for (const [at, segment] of segments.slice(0, -1).entries())
      if (known(segment) !== null)
        levels.set(segments.slice(0, at).join('/'), { folders: new Map(), paths: new Set() });
  }
  for (const { file } of files) {
    const segments = withoutEnding(file).split('/');
    for (let at = 0; at < segments.length; at++) {
      const level = levels.get(segments.slice(0, at).join('/'));
      const name = segments.at(-1) ?? '';
      if (level === undefined) continue;
      const below = segments.slice(at + 1).join('/');
      if (at < segments.length - 1) add(level.folders, segments[at] ?? '', ANYWHERE.test(name) ? '' : below);
      if (!ANYWHERE.test(name)) level.paths.add(segments.slice(at).join('/'));
    }
  }
  const believed = new Map<string, boolean>();
  return {
    believes(above, folder) {
      const path = `${above}/${folder}`;
      const answer = believed.get(path) ?? isLanguage(levels.get(above), folder, known, site);
      believed.set(path, answer);
      return answer;
    },
    translated: (base, suffix) => [...(endings.get(base) ?? [])].some((other) => other !== suffix),
  };
}

/** Whether a folder holds a file that is there in another language, or stands among languages alone. */
function isLanguage(
  level: Level | undefined,
  folder: string,
  known: (text: string) => Tag | null,
  site: string | null,
): boolean {
  if (level === undefined) return false;
  const others = [...level.folders].filter(([name]) => name !== folder);
  const languages = others.filter(([name]) => known(name) !== null);
  for (const path of level.folders.get(folder) ?? [])
    if (path !== '' && (level.paths.has(path) || languages.some(([, paths]) => paths.has(path)))) return true;
  const all = [folder, ...languages.map(([name]) => name)];
  const isClear = all.some((name) => known(name)?.sure === true || known(name)?.lang === site);
  return languages.length > 0 && languages.length === others.length && isClear;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set === undefined) map.set(key, new Set([value]));
  else set.add(value);
}
