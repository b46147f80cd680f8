/**
 * The browser's own list of fonts: a private fontconfig folder that names two fonts of ours and none of the host's, so
 * that no picture depends on the machine. Chromium reads no WOFF2 from there, hence the TTFs.
 */
import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decompress } from 'wawoff2';
import { FunctionError } from '../contract.ts';
import { packageFile, SYSTEM_FONTS, shippedVersions } from './shipped.ts';
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
 * Makes the folder unless it is there and returns its path; it holds `fonts.conf` and the TTFs. A folder is complete or
 * absent: it is made under another name and renamed, so that processes may race and a finished one may be read-only.
 * @throws FunctionError `browser_unavailable` when the cache cannot be written.
 */
export async function prepareSystemFonts(cacheDir: string): Promise<string> {
  const key = createHash('sha256').update(`${LAYOUT}\n${shippedVersions()}`).digest('hex').slice(0, 16);
  const folder = join(cacheDir, `fonts-${key}`);
  if (await isThere(join(folder, 'fonts.conf'))) return folder;
  const draft = `${folder}.${process.pid}-${randomBytes(4).toString('hex')}`;
  try {
    await mkdir(join(draft, 'cache'), { recursive: true });
    for (const font of SYSTEM_FONTS) {
      const ttf = await decompress(await readFile(packageFile(font.package, font.file)));
      await writeFile(join(draft, font.name), withoutTable(ttf, 'SVG '));
    }
    await writeFile(join(draft, 'fonts.conf'), configuration(folder));
    await rename(draft, folder);
  } catch (cause) {
    // A folder that could not be made cannot be removed either: what is told is why it could not be made.
    await rm(draft, { recursive: true, force: true }).catch(() => undefined);
    if (await isThere(join(folder, 'fonts.conf'))) return folder;
    throw new FunctionError(
      'browser_unavailable',
      `The fonts could not be prepared in ${cacheDir}: ${(cause as Error).message}.`,
      'Make that folder writable, or name another one for the cache.',
      { cause },
    );
  }
  return folder;
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
