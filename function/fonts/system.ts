/**
 * The browser's own list of fonts: a private fontconfig folder that names two fonts of ours and none of the host's, so
 * that no picture depends on the machine. Chromium reads no WOFF2 from there, hence the TTFs.
 */
import { createHash } from 'node:crypto';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FunctionError } from '../contract.ts';
import { publishFolder } from '../disk/publish.ts';
import { packageFile } from './packages.ts';
import { SYSTEM_FONTS, shippedVersions } from './shipped.ts';
import { withoutTable } from './sfnt.ts';

/** Raised when the same packages would be prepared differently. */
const LAYOUT = 1;
export const INTER = 'Inter.ttf';
export const EMOJI = 'NotoColorEmoji.ttf';

/**
 * Inter stands at the end of every chain: what a machine calls its default font never shows. The folder may be mounted
 * elsewhere later: only the cache of fontconfig, which it can do without, has an absolute path.
 */
function configuration(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <cachedir>${escapeXml(join(folder, 'cache'))}</cachedir>
  <match target="pattern">
    <edit name="family" mode="append_last"><string>Inter Variable</string></edit>
  </match>
</fontconfig>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

/**
 * Makes the folder unless it is there and returns its path; it holds `fonts.conf` and the TTFs.
 * @throws FunctionError `browser_unavailable` when the cache cannot be written.
 */
export async function prepareSystemFonts(cacheDir: string): Promise<string> {
  const key = createHash('sha256').update(`${LAYOUT}\n${shippedVersions()}`).digest('hex').slice(0, 16);
  const folder = join(cacheDir, `fonts-${key}`);
  try {
    await publishFolder(folder, {
      isWhole: (made) => isThere(join(made, 'fonts.conf')),
      fill: (empty) => fill(empty, folder),
    });
  } catch (cause) {
    throw new FunctionError(
      'browser_unavailable',
      `The fonts could not be prepared in ${cacheDir}: ${(cause as Error).message}.`,
      'Make that folder writable, or name another one for the cache.',
      { cause },
    );
  }
  return folder;
}

/** The configuration names the folder by the path it will have. */
async function fill(empty: string, final: string): Promise<void> {
  await mkdir(join(empty, 'cache'), { recursive: true });
  // Over a megabyte of code, and not needed again.
  const { default: decompress } = await import('wawoff2/decompress.js');
  for (const font of SYSTEM_FONTS) {
    const ttf = await decompress(await readFile(packageFile(font.package, font.file)));
    await writeFile(join(empty, font.name), withoutTable(ttf, 'SVG '));
  }
  await writeFile(join(empty, 'fonts.conf'), configuration(final));
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
