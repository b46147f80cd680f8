/** MkDocs, and Material for MkDocs with its social plugin: https://squidfunk.github.io/mkdocs-material/plugins/social/ */
import { posix } from 'node:path';
import { dataOf, isData } from '../../../scan/presets/reading/data.ts';
import type { Data } from '../../../scan/presets/reading/data.ts';
import { dataConfig, folderAt, siteUrl, textAt } from './config.ts';
import { PLAIN_ADDRESSES, tagLines } from './tags.ts';
import type { Generator } from './types.ts';

/** What Material's names of colours stand for on its own cards (src/plugins/social/templates/default.yml). */
const PALETTE: Readonly<Record<string, string>> = {
  red: '#ef5552',
  pink: '#e92063',
  purple: '#ab47bd',
  'deep-purple': '#7e56c2',
  indigo: '#4051b5',
  blue: '#2094f3',
  'light-blue': '#02a6f2',
  cyan: '#00bdd6',
  teal: '#009485',
  green: '#4cae4f',
  'light-green': '#8bc34b',
  lime: '#cbdc38',
  yellow: '#ffec3d',
  amber: '#ffc105',
  orange: '#ffa724',
  'deep-orange': '#ff6e42',
  brown: '#795649',
  grey: '#757575',
  'blue-grey': '#546d78',
  black: '#000000',
  white: '#ffffff',
};

/** A plugin's settings; null when it is not used. Plugins are a list of names and of names with settings, or a mapping. */
function pluginOf(config: Data, ...names: string[]): Data | null {
  const { plugins } = config;
  const entries = Array.isArray(plugins) ? plugins : [plugins];
  for (const entry of entries) {
    if (typeof entry === 'string' && names.includes(entry)) return {};
    if (!isData(entry)) continue;
    const name = names.find((one) => Object.hasOwn(entry, one));
    if (name !== undefined) return dataOf(entry[name]);
  }
  return null;
}

function accentOf(theme: Data, options: Data): string | undefined {
  const own = textAt(options, 'background_color');
  if (own !== undefined) return own;
  const palettes: readonly unknown[] = Array.isArray(theme['palette'])
    ? theme['palette']
    : [theme['palette']];
  const primary = palettes
    .map((palette) => textAt(dataOf(palette), 'primary'))
    .find((name) => name !== undefined);
  return primary === undefined ? undefined : PALETTE[primary.replaceAll(' ', '-')];
}

export const mkdocsSetup: Generator = {
  name: 'mkdocs',
  label: 'MkDocs',
  builds: /(?:^|[\s/])mkdocs +(?:build|gh-deploy)\b/,
  facts(project) {
    const config = dataConfig(project, 'mkdocs.{yml,yaml}');
    const docs = folderAt(config, 'docs', 'docs_dir');
    const theme = dataOf(config['theme']);
    const social = pluginOf(config, 'social', 'material/social');
    const options = dataOf(social?.['cards_layout_options']);
    const logo =
      textAt(options, 'logo') ?? (textAt(theme, 'logo') && posix.join(docs, textAt(theme, 'logo') ?? ''));
    const makesCards = social !== null && social['enabled'] !== false && social['cards'] !== false;
    return {
      name: textAt(config, 'site_name'),
      url: siteUrl(textAt(config, 'site_url')),
      accent: accentOf(theme, options),
      logo: logo === undefined || /^https?:/.test(logo) ? undefined : logo,
      output: folderAt(config, 'site', 'site_dir'),
      served: docs,
      notes: makesCards
        ? [
            'The social plugin of mkdocs.yml makes cards too: set "cards: false" there (or leave the plugin out), or each page names two images. Its colour and logo are taken over.',
          ]
        : [],
    };
  },
  head: ({ prefix, suffix }) => ({
    file: 'overrides/main.html',
    lines: [
      '{% extends "base.html" %}',
      '{% block extrahead %}',
      '  {{ super() }}',
      '  {% if page %}',
      ...tagLines(
        `${prefix}{{ page.url.rstrip('/').removesuffix('.html').removesuffix('/index') or 'index' }}${suffix}`,
      ).map((line) => `  ${line}`),
      '  {% endif %}',
      '{% endblock %}',
    ],
    use: `Name the folder in mkdocs.yml: theme: { custom_dir: overrides }. ${PLAIN_ADDRESSES}`,
  }),
};
