/** Part of the build: the licenses of the libraries that the bundle holds, in one file beside it. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { z } from 'zod';

const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });
/** `…/node_modules/@scope/name` of a module. */
const PACKAGE = /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/;

/** A package's name, version and license, and the text of it where it brings one. Throws for a package without a license. */
function noticeOf(folder: string): string {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const { name, version, license } = packageSchema.parse(JSON.parse(read('package.json')));
  const [text] = globSync('{LICENSE,LICENCE,COPYING}*', { cwd: folder });
  return [`${name} ${version} (${license})`, ...(text === undefined ? [] : ['', read(text).trim()])].join(
    '\n',
  );
}

/** Writes `LICENSES.txt`. */
export function licenses(): Plugin {
  return {
    name: 'licenses',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
      const modules = chunks.flatMap(({ moduleIds }) => moduleIds.map((id) => id.replaceAll('\0', '')));
      const folders = new Set(modules.flatMap((id) => PACKAGE.exec(id)?.[0] ?? []));
      const notices = [...folders].map(noticeOf).sort((a, b) => (a < b ? -1 : 1));
      const source = `og-sync holds these libraries.\n\n${notices.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source });
    },
  };
}
