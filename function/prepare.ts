/** Composition root of the image's build: inflates the browser and the fonts once, so that no start has to. */
import { prepareFonts } from './fonts/fonts.ts';
import { prepareBrowser } from './renderer/index.ts';

const folder = process.env['OG_CACHE_DIR'];
if (folder === undefined || folder === '') {
  process.stderr.write('OG_CACHE_DIR is not set: it names the folder that is prepared.\n');
  process.exitCode = 2;
} else {
  const [{ version }] = await Promise.all([prepareBrowser(folder), prepareFonts(folder)]);
  process.stdout.write(`Chromium ${version} and the fonts are ready in ${folder}\n`);
}
