/** Part of the build: the licenses of the libraries that the bundle holds, in one file beside it, with the list of the fonts. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';
import { z } from 'zod';
import { packageRoot } from '../../function/fonts/packages.ts';
import { shippedPackages } from '../../function/fonts/shipped.ts';
import { licenseFilesOf } from './fonts.ts';

const packageSchema = z.object({ name: z.string(), version: z.string(), license: z.string() });
/** `…/node_modules/@scope/name` of a module. */
const PACKAGE = /^.*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+/;

/** A package's name, version and license. Throws for a package without a license. */
function titleOf(folder: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, license } = packageSchema.parse(manifest);
  return `${name} ${version} (${license})`;
}

/** With the text of the license, where the package brings one. */
function noticeOf(folder: string): string {
  const [text] = licenseFilesOf(folder);
  return text === undefined ? titleOf(folder) : `${titleOf(folder)}\n\n${readFileSync(text, 'utf8').trim()}`;
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
      const fonts = shippedPackages().map((name) => titleOf(packageRoot(name)));
      const source = [
        `og-sync brings these fonts, each beside its license in fonts/.\n\n${fonts.sort().join('\n')}`,
        'og-sync holds these libraries.',
        notices.join(`\n\n${'-'.repeat(80)}\n\n`),
        '',
      ].join('\n\n');
      this.emitFile({ type: 'asset', fileName: 'LICENSES.txt', source });
    },
  };
}
