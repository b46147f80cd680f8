/** The files of the page: bundled ones, and the fonts that come with og-sync. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFile } from '../../function/fonts/packages.ts';
import { PACKAGE_ROOT } from '../../function/package.ts';

export interface Asset {
  type: string;
  bytes: Buffer;
}

const bundled = (name: string) => join(PACKAGE_ROOT, 'dist/preview', name);

const FILES: Readonly<Record<string, { type: string; path: () => string }>> = {
  '/page.js': { type: 'text/javascript; charset=utf-8', path: () => bundled('page.js') },
  '/page.css': { type: 'text/css; charset=utf-8', path: () => bundled('page.css') },
  '/inter.woff2': { type: 'font/woff2', path: () => packageFile('inter-ui', 'variable/InterVariable.woff2') },
  '/mono.woff2': {
    type: 'font/woff2',
    path: () =>
      packageFile('@fontsource-variable/jetbrains-mono', 'files/jetbrains-mono-latin-wght-normal.woff2'),
  },
};

/** Null: no such file belongs to the page. */
export async function assetAt(path: string): Promise<Asset | null> {
  const file = Object.hasOwn(FILES, path) ? FILES[path] : undefined;
  return file === undefined ? null : { type: file.type, bytes: await readFile(file.path()) };
}

export const DOCUMENT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>og-sync preview</title>
<link rel="icon" href="data:,">
<link rel="preload" href="/inter.woff2" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="/page.css">
<body>
<div id="app"></div>
<noscript>The preview needs JavaScript.</noscript>
<script type="module" src="/page.js"></script>
</body>
</html>
`;
