/** Fonts: those that come along, and those of the user's templates. */
import { join } from 'node:path';
import { count } from '../../../report/format.ts';
import { failed, ok } from '../check.ts';
import type { Check, Fact } from '../check.ts';

export const fonts: Check = {
  name: 'fonts',
  title: 'Fonts',
  timeoutMs: 30_000,
  async look({ settings, config }) {
    const templates = await config().then(
      (read) => read.templates,
      () => null,
    );
    return [await shippedFact(settings.cacheDir), ...(templates === null ? [] : await ownFacts(templates))];
  },
};

async function shippedFact(cacheDir: string): Promise<Fact> {
  try {
    const { prepareFonts } = await import('../../../../function/fonts/fonts.ts');
    await prepareFonts(cacheDir);
    return ok('The fonts that come with og-sync are ready; those of the system are not used.');
  } catch (error) {
    return failed(error);
  }
}

/** The shared fonts of a folder of templates, each opened. */
async function ownFacts(templates: string): Promise<Fact[]> {
  const { faceOf, fontFilesIn } = await import('../../../../function/fonts/folder.ts');
  const files = await fontFilesIn(join(templates, 'fonts'));
  const opened = await Promise.allSettled(files.map(faceOf));
  const families = new Set(
    opened.flatMap((face) => (face.status === 'fulfilled' ? [face.value.family] : [])),
  );
  const broken = opened.flatMap((face) => (face.status === 'rejected' ? [failed(face.reason)] : []));
  if (families.size === 0) return broken;
  return [
    ok(`${count(families.size, 'family', 'families')} of your own: ${[...families].join(', ')}.`),
    ...broken,
  ];
}
