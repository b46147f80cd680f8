/**
 * Hugo. Address: the path below the content folder, lower-cased; `slug` is the last segment, `url` the whole, `permalinks` a pattern a
 * section. Source: resources/page/page_paths.go, hugolib/page__paths.go, resources/page/pagemeta/page_frontmatter.go
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isNo, isYes } from '../../markdown/values.ts';
import { dataOf, isData, asText, textsOf } from '../reading/data.ts';
import { isLater, localDate } from '../reading/dates.ts';
import { addressOf, below, folderAddress, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset, RouteContext } from '../types.ts';
import { readHugoConfig } from './config.ts';
import type { HugoConfig, Language } from './config.ts';
import { expandPermalink, makePath, matches, patternFor } from './permalinks.ts';
import type { HugoPageKind, Subject } from './permalinks.ts';

/** Formats that need front matter to be more than a file that is copied. */
const NEEDS_FRONT_MATTER = new Set(['html', 'htm']);
const FORMATS = 'md,markdown,mdown,html,htm';

export const hugo: Preset = {
  name: 'hugo',
  recognises: (project) =>
    project.files('hugo.{toml,yaml,yml,json}', 'config/_default/{hugo,config}.{toml,yaml,yml,json}').length >
      0 ||
    (project.files('config.{toml,yaml,yml,json}').length > 0 &&
      project.files('{archetypes,layouts,themes}/**/*.{md,html}', 'content/**/_index.md').length > 0 &&
      project.files('templates/**/*.html').length === 0),
  rules(project) {
    const config = readHugoConfig(project);
    const programs = project.files(
      ...config.roots.map(({ folder }) => `${folder || '.'}/**/_content.gotmpl`),
    );
    return {
      content: config.roots.map(({ folder }) => posix.join(folder, `**/*.{${FORMATS}}`)),
      text: 'markdown',
      notices: [
        ...programs.map((file) => `${file} makes pages by program`),
        ...(textsOf(config.settings['ignorefiles']).length > 0 ? ['ignoreFiles is not read'] : []),
      ],
      route: (files, context) => router(config, files, context),
    };
  },
};

interface Place {
  language: Language;
  /** Below the content folder, without language and extension. */
  folder: string;
  name: string;
  extension: string;
}

function router(config: HugoConfig, files: readonly string[], context: RouteContext) {
  const places = new Map<string, Place>();
  const bundles = new Set<string>();
  const sections = new Map<string, string>();
  for (const file of files) {
    const place = placeOf(file, config);
    if (place === null) continue;
    places.set(file, place);
    if (place.name === 'index') bundles.add(place.folder);
    if (place.name === '_index') sections.set(`${place.language.key}:${place.folder}`, file);
  }
  const cascade = (place: Place, kind: HugoPageKind, path: string) =>
    cascaded(place, kind, path, { config, sections, context });
  const isSection = (language: Language, folder: string) =>
    !folder.includes('/') || sections.has(`${language.key}:${folder}`);

  return (file: string, own: FrontMatter | null): PresetOutcome => {
    const place = places.get(file);
    if (place === undefined) return { none: 'elsewhere' };
    const { folder, name, extension, language } = place;
    if (own === null && NEEDS_FRONT_MATTER.has(extension)) return { none: 'no page' };
    if (isResource(place, bundles)) return { none: 'no page' };
    const kind = kindOf(place, config);
    const leaf = name === 'index';
    const path = `/${leaf || name === '_index' ? folder : posix.join(folder, name)}`
      .toLowerCase()
      .replaceAll(' ', '-');
    const fields = withFileDate(
      { ...cascade(place, kind, path), ...own },
      leaf ? posix.basename(folder) : name,
      config,
    );
    const hidden = hiddenBy(fields, config, context);
    if (hidden !== null) return { none: hidden };
    const segments = (leaf ? posix.dirname(folder) : folder)
      .split('/')
      .filter((one) => one !== '' && one !== '.');
    const above = segments.map((_segment, index) => segments.slice(0, index + 1).join('/'));
    const subject: Subject = {
      kind,
      path,
      section: segments[0] ?? '',
      sections: segments.filter((_segment, index) => isSection(language, above[index] ?? '')),
      title: asText(fields['title']) ?? '',
      slug: asText(fields['slug']) ?? '',
      filename: leaf ? posix.basename(folder) : name,
      // Few patterns ask for it.
      get date() {
        const written = fields['date'] ?? fields['publishdate'] ?? fields['publishDate'];
        return localDate(written, asText(config.settings['timezone']));
      },
    };
    const address = addressIn(place, subject, fields, config);
    if (address === null) return { none: 'computed' };
    return {
      pages: [
        { address, fields, lang: language.code, ...(kind === 'home' && { fallbackTitle: language.title }) },
      ],
    };
  };
}

function placeOf(file: string, { roots, languages, defaultLanguage }: HugoConfig): Place | null {
  for (const root of roots) {
    const path = below(file, root.folder);
    if (path === null) continue;
    const { folder, name, extension } = partsOf(path);
    const dot = name.lastIndexOf('.');
    const suffix = name.slice(dot + 1).toLowerCase();
    const named = dot > 0 && languages.has(suffix);
    const key = named ? suffix : (root.language ?? defaultLanguage);
    const language = languages.get(key);
    if (language === undefined) return null;
    return {
      language,
      folder: posix.join(root.under, folder).replace(/^\.$/, ''),
      name: named ? name.slice(0, dot) : name,
      extension,
    };
  }
  return null;
}

/** A folder with an `index.md` is one page: what else is in it belongs to that page. */
function isResource({ folder, name }: Place, bundles: ReadonlySet<string>): boolean {
  for (
    let above = name === 'index' ? posix.dirname(folder) : folder;
    above !== '' && above !== '.';
    above = posix.dirname(above)
  )
    if (bundles.has(above)) return true;
  return false;
}

function kindOf({ folder, name }: Place, { settings }: HugoConfig): HugoPageKind {
  if (name !== '_index') return 'page';
  if (folder === '') return 'home';
  const declared = settings['taxonomies'];
  const taxonomies = isData(declared) ? Object.values(declared) : ['tags', 'categories'];
  const [first, ...rest] = folder.toLowerCase().split('/');
  if (!taxonomies.includes(first)) return 'section';
  return rest.length === 0 ? 'taxonomy' : 'term';
}

/** `cascade` of the configuration and of the sections above, the nearest last. https://gohugo.io/content-management/front-matter/#cascade-1 */
function cascaded(
  { language, folder }: Place,
  kind: HugoPageKind,
  path: string,
  {
    config,
    sections,
    context,
  }: { config: HugoConfig; sections: ReadonlyMap<string, string>; context: RouteContext },
): FrontMatter {
  const sources: unknown[] = [config.settings['cascade']];
  const segments = folder === '' ? [] : folder.split('/');
  for (let depth = 0; depth <= segments.length; depth++) {
    const section = sections.get(`${language.key}:${segments.slice(0, depth).join('/')}`);
    if (section !== undefined) sources.push(context.frontMatter(section)['cascade']);
  }
  const fields: Record<string, unknown> = {};
  for (const { _target, target, params, ...values } of sources.flat().map(dataOf))
    if (matches(dataOf(_target ?? target), kind, path)) Object.assign(fields, dataOf(params), values);
  return fields;
}

const DEFAULT_DATES = ['date', 'publishdate'];

/** `2024-01-02-hello` gives a date and a slug where the configuration lets `:filename`. */
function withFileDate(fields: FrontMatter, name: string, { settings }: HugoConfig): FrontMatter {
  const order = textsOf(dataOf(settings['frontmatter'])['date']).map((one) => one.toLowerCase());
  const place = order.indexOf(':filename');
  const [, date, rest = ''] = /^(\d{4}-\d{2}-\d{2})(.*)$/s.exec(name) ?? [];
  if (place < 0 || date === undefined || localDate(date) === null) return fields;
  const earlier = new Set(
    order.slice(0, place).flatMap((one) => (one === ':default' ? DEFAULT_DATES : [one])),
  );
  if (Object.keys(fields).some((field) => earlier.has(field.toLowerCase()))) return fields;
  const slug = rest.replace(/^[ \-_]+/, '').replace(/(?<![ \-_])[ \-_]+$/, '');
  return { ...fields, date, ...(asText(fields['slug']) === undefined && slug !== '' && { slug }) };
}

function hiddenBy(fields: FrontMatter, { settings }: HugoConfig, { drafts, now }: RouteContext) {
  const field = (name: string) => Object.entries(fields).find(([key]) => key.toLowerCase() === name)?.[1];
  const build = dataOf(field('build') ?? field('_build'));
  const render = build['render'];
  const outputs = field('outputs');
  if (isYes(field('headless')) || render === 'never' || render === 'link' || isNo(render)) return 'no page';
  if (Array.isArray(outputs) && !outputs.some((one) => String(one).toLowerCase() === 'html'))
    return 'no page';
  if (isYes(field('draft')) && !isYes(settings['builddrafts']) && !drafts) return 'draft';
  if (isLater(field('publishdate') ?? field('date'), now) && !isYes(settings['buildfuture'])) return 'future';
  const expiry = field('expirydate');
  const expired = localDate(expiry) !== null && !isLater(expiry, now);
  return expired && !isYes(settings['buildexpired']) ? 'expired' : null;
}

/** Null when a pattern asks for what is not known, or the address is on another host. */
function addressIn(
  place: Place,
  subject: Subject,
  fields: FrontMatter,
  { settings }: HugoConfig,
): string | null {
  const { language, folder } = place;
  const paths = {
    lower: !isYes(settings['disablepathtolower']),
    accents: !isYes(settings['removepathaccents']),
  };
  const ugly = isYes(settings['uglyurls']) || isYes(dataOf(settings['uglyurls'])[subject.section]);
  const inLanguage = (path: string) => addressOf(language.prefix, path);
  const url = subject.kind === 'home' ? undefined : asText(fields['url']);
  if (url !== undefined) return ofUrl(url, subject, language, paths);
  if (subject.kind === 'home') return folderAddress(language.prefix);
  const pattern = patternFor(settings['permalinks'], subject);
  const expanded = pattern === undefined ? undefined : expandPermalink(pattern, subject, paths);
  if (expanded === null) return null;
  const plain = posix.join(
    place.name === 'index' ? posix.dirname(folder) : folder,
    subject.slug || subject.filename,
  );
  const path = expanded ?? (subject.kind === 'page' ? plain : folder);
  const clean = inLanguage(
    posix
      .join('/', path)
      .split('/')
      .map((one) => makePath(one, paths))
      .join('/'),
  );
  return ugly && clean !== '/' ? `${clean}.html` : folderAddress(clean);
}

/** A `url` is taken as it is: from the site's root with a slash at its head, else from the language's. */
function ofUrl(
  url: string,
  subject: Subject,
  { prefix }: Language,
  paths: Parameters<typeof expandPermalink>[2],
): string | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(url) || url.startsWith('//')) return null;
  const path = url.includes(':') ? expandPermalink(url, subject, paths) : url;
  if (path === null) return null;
  const address = addressOf(path.startsWith('/') ? '' : prefix, posix.join('/', path));
  return path.endsWith('/') || !path.includes('.') ? folderAddress(address) : address;
}
