/** Languages of mkdocs-static-i18n. https://ultrabug.github.io/mkdocs-static-i18n/getting-started/quick-start/ */
import { posix } from 'node:path';
import { isNo, isYes } from '../../markdown/values.ts';
import { dataOf, asText } from '../reading/data.ts';
import type { Data } from '../reading/data.ts';
import { below, partsOf } from '../reading/paths.ts';

export interface Languages {
  /** The pages of a file: where it lies in the built site, and in which language. */
  of(path: string, paths: ReadonlySet<string>): { path: string; code: string }[];
}

interface Language {
  code: string;
  isDefault: boolean;
}

/** The plug-in's languages; without it all is in one. */
export function readLanguages(options: Data | undefined, code: string): Languages {
  if (options === undefined) return { of: (path) => [{ path, code }] };
  const languages = languagesOf(options);
  const fallback = !isNo(options['fallback_to_default']);
  return asText(options['docs_structure']) === 'folder'
    ? byFolder(languages, fallback)
    : bySuffix(languages, fallback);
}

/** A list of `locale`, `default`, `build`; before version 1 an object by locale, and `default_language`. */
function languagesOf(options: Data): Language[] {
  const { languages } = options;
  if (Array.isArray(languages))
    return languages
      .map(dataOf)
      .filter((one) => !isNo(one['build']))
      .map((one) => ({ code: asText(one['locale']) ?? '', isDefault: isYes(one['default']) }));
  const first = asText(options['default_language']);
  return Object.entries(dataOf(languages))
    .filter(([code, one]) => code !== 'default' && !isNo(dataOf(one)['build']))
    .map(([code]) => ({ code, isDefault: code === first }));
}

function bySuffix(languages: readonly Language[], fallback: boolean): Languages {
  return {
    of(path, paths) {
      const { name } = partsOf(path);
      const own = languages.find(({ code }) => name.endsWith(`.${code}`));
      const plain = own === undefined ? path : path.replace(`.${own.code}.`, '.');
      return languages
        .filter((language) => {
          if (own !== undefined) return language === own;
          return (language.isDefault || fallback) && !paths.has(suffixed(path, language.code));
        })
        .map((language) => placed(language, plain));
    },
  };
}

function suffixed(path: string, code: string): string {
  const { folder, name, extension } = partsOf(path);
  return posix.join(folder, `${name}.${code}.${extension}`);
}

function byFolder(languages: readonly Language[], fallback: boolean): Languages {
  const main = languages.find(({ isDefault }) => isDefault);
  return {
    of(path, paths) {
      const own = languages.find(({ code }) => below(path, code) !== null);
      if (own === undefined) return [];
      const plain = below(path, own.code) ?? path;
      const missing = languages.filter(
        ({ code }) => own === main && fallback && !paths.has(`${code}/${plain}`),
      );
      return [own, ...missing].map((language) => placed(language, plain));
    },
  };
}

function placed({ code, isDefault }: Language, path: string): { path: string; code: string } {
  return { path: isDefault ? path : `${code}/${path}`, code: code.replaceAll('_', '-') };
}
