/** A generator's own configuration, whatever language it is written in, as plain fields. */
import { dataOf, isData, readData, asText } from '../../../scan/presets/reading/data.ts';
import type { Data } from '../../../scan/presets/reading/data.ts';
import { readModule } from '../../../scan/presets/reading/module.ts';
import type { Module } from '../../../scan/presets/reading/module.ts';
import type { Project } from '../../../scan/presets/types.ts';

/** The first of the files that is there, as data; no fields when there is none. */
export function dataConfig(project: Project, ...globs: string[]): Data {
  const [file] = project.files(...globs);
  return (file === undefined ? null : readData(project, file)) ?? {};
}

export interface ModuleConfig {
  /** Null: there is none. */
  file: string | null;
  fields: Data;
  module: Module | null;
}

/** The first of the files that is there, parsed as JavaScript or TypeScript. */
export function moduleConfig(project: Project, ...globs: string[]): ModuleConfig {
  const [file = null] = project.files(...globs);
  const text = file === null ? null : project.text(file);
  const module = text === null ? null : readModule(text);
  return { file, fields: dataOf(module?.exported), module };
}

/** The text at a path of field names, upper and lower case alike; undefined when there is none. */
export function textAt(fields: Data, ...path: string[]): string | undefined {
  let value: unknown = fields;
  for (const name of path) {
    if (!isData(value)) return undefined;
    value = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  }
  return asText(value);
}

/** A folder as a configuration writes it, without "./" and a slash at its end. */
export function folderAt(fields: Data, fallback: string, ...path: string[]): string {
  const folder = textAt(fields, ...path) ?? fallback;
  return folder.replace(/^\.\//, '').replace(/(?<=[^/])\/$/, '');
}

/** An address and the path below it, joined; undefined when it is no http(s) address. */
export function siteUrl(origin: string | undefined, base = ''): string | undefined {
  const url = origin === undefined ? null : URL.parse(base, origin.endsWith('/') ? origin : `${origin}/`);
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : undefined;
}

/** What package.json says of a site whose generator's configuration says nothing. */
export function packageFacts(project: Project): { url?: string | undefined } {
  return { url: siteUrl(textAt(dataConfig(project, 'package.json'), 'homepage')) };
}
