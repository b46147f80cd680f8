/**
 * Next, as its documentation lays sites out: markdown below `app` and `pages` is a page at its path; a folder of posts is shown by the
 * route of its name. https://nextjs.org/docs/app/guides/mdx, https://nextjs.org/docs/app/api-reference/file-conventions/dynamic-routes,
 * https://contentlayer.dev/docs/sources/files/mapping-document-types
 */
import { posix } from 'node:path';
import type { FrontMatter } from '../../markdown/formats.ts';
import { isNo, isYes } from '../../markdown/values.ts';
import { asText } from '../reading/data.ts';
import { addressOf, below, partsOf } from '../reading/paths.ts';
import type { PresetOutcome, Preset, Project } from '../types.ts';

const CONFIG = 'next.config.{js,mjs,ts}';
const FOLDERS = ['content', 'src/content', '_posts', 'posts', 'data', 'blog'];

export const next: Preset = {
  name: 'next',
  recognises: (project) => project.files(CONFIG).length > 0,
  rules(project) {
    const routes = routesOf(project);
    const globs = ['app', 'src/app'].map((folder) => `${folder}/**/page.{md,mdx}`);
    const pages = ['pages', 'src/pages'].map((folder) => `${folder}/**/*.{md,mdx}`);
    return {
      content: [...globs, ...pages, ...FOLDERS.map((folder) => `${folder}/**/*.{md,mdx}`)],
      text: 'markdown',
      notices: [
        'routes with an open segment make addresses by program; here a post is below the route of its folder',
      ],
      route:
        (_files, { drafts }) =>
        (file, own) =>
          !drafts && (isYes(own?.['draft']) || isNo(own?.['published']))
            ? { none: 'draft' }
            : (routed(file, own ?? {}) ?? placed(file, own ?? {}, routes)),
    };
  },
};

/** Routes with one open segment, without it: `/blog` of `app/blog/[slug]/page.tsx` and of `pages/blog/[slug].tsx`. */
function routesOf(project: Project): string[] {
  const files = project.files(
    '{app,src/app}/**/page.{js,jsx,ts,tsx}',
    '{pages,src/pages}/**/*.{js,jsx,ts,tsx}',
  );
  return files.flatMap((file) => {
    const path = file.replace(/^(src\/)?(app|pages)\//, '').replace(/(\/page)?\.[jt]sx?$/, '');
    const segments = path.split('/').filter((one) => !isGroup(one));
    const open = segments.filter((one) => one.startsWith('['));
    const isLast = segments.at(-1)?.startsWith('[') === true;
    return open.length === 1 && isLast && segments[0] !== 'api' ? [segments.slice(0, -1).join('/')] : [];
  });
}

/** `(marketing)` and `@modal` are not part of an address. */
function isGroup(segment: string): boolean {
  return /^\(.*\)$/.test(segment) || segment.startsWith('@');
}

/** A file that is a route; null when it is content. */
function routed(file: string, fields: FrontMatter): PresetOutcome | null {
  const app = below(file, 'app') ?? below(file, 'src/app');
  const page = app ?? below(file, 'pages') ?? below(file, 'src/pages');
  if (page === null) return null;
  const { folder, name } = partsOf(page);
  const segments = (app !== null || name === 'index' ? folder : posix.join(folder, name)).split('/');
  if (segments.some((one) => one.startsWith('['))) return { none: 'computed' };
  if (app !== null && segments.some((one) => one.startsWith('_'))) return { none: 'no page' };
  return made(addressOf(...segments.filter((one) => !isGroup(one))), fields);
}

function placed(file: string, fields: FrontMatter, routes: readonly string[]): PresetOutcome {
  const path = below(file, 'src/content') ?? below(file, 'content') ?? below(file, 'data') ?? file;
  const { folder, name } = partsOf(path.replace(/^_/, ''));
  const [first = '', ...rest] = folder.split('/');
  const slug = asText(fields['slug']) ?? posix.join(...rest, name === 'index' ? '' : name);
  // One route for all posts is theirs, whatever it is called.
  const route = routes.includes(first) || routes.length !== 1 ? first : (routes[0] ?? first);
  return made(addressOf(slug.startsWith('/') ? '' : route, slug === '.' ? '' : slug), fields);
}

function made(address: string, fields: FrontMatter): PresetOutcome {
  return { pages: [{ address, fields, lang: asText(fields['lang']) }] };
}
