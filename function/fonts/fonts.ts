/** Fonts → what Chromium can use (a private fontconfig), and which characters they cover. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Coverage } from './coverage.ts';
import { clustersOf } from './characters.ts';
import type { Face } from './face.ts';
import { faceOf, fontFilesIn } from './folder.ts';
import type { Installed } from './installed.ts';
import { fontsFor, scriptsIn } from './scripts.ts';
import type { InstalledFonts } from './scripts.ts';
import { sameFiles, select } from './select.ts';
import type { Selection } from './select.ts';
import { namedFaces, shippedVersions } from './shipped.ts';
import { createStandIns } from './stand-ins.ts';
import { EMOJI, INTER, prepareSystemFonts } from './system.ts';

const SLANTED = /\bitalic\b|<(?:em|i|cite|address|dfn|var)\b/i;

export interface Fonts {
  /** sha256 over every font that any template may use, without those that the blog has installed. */
  readonly digest: string;
  /** Those that the blog has installed: part of the identity of the images that need them. */
  readonly installed: InstalledFonts;
  /** What of a text no shared font can draw, each character once, in order of appearance. */
  missing(text: string): Promise<string[]>;
}

/** What the templates beside need of the fonts: which of them a style sheet names, and which a text needs. */
export interface Library extends Fonts {
  /** What of the installed fonts a template's source brings to each of its cards; empty for nothing. */
  identityOf(source: string): string;
  /** The shared faces whose family stands in a template's source. Throws `template_failed` for a broken file. */
  named(source: string): Promise<Face[]>;
  /** The faces a text needs beyond those that are always there. Throws `template_failed` for a broken file. */
  select(text: string, language: string, named: readonly Face[]): Promise<Selection>;
}

/**
 * The shipped fonts and those in a folder. Reads the folder's bytes for the digest and opens no font.
 * @param folder shared fonts of the user, may be absent
 * @param installed font packages of the user
 * @param cacheDir where the fonts for fontconfig are prepared
 */
export async function openFonts(folder: string, cacheDir: string, installed: Installed): Promise<Library> {
  const files = await fontFilesIn(folder);
  const digest = await digestOf(folder, files);
  const coverage = new Coverage();
  const prepared = once(() => prepareSystemFonts(cacheDir));
  const shared = once(() => Promise.all(files.map(faceOf)));
  const standIns = once(async () => createStandIns(await shared(), installed.standIns));
  const shipped = once(() => Promise.resolve(namedFaces()));

  async function system(codePoint: number): Promise<{ text: boolean; emoji: boolean }> {
    const root = await prepared();
    return {
      text: await coverage.has(systemFace(root, INTER), codePoint),
      emoji: await coverage.has(systemFace(root, EMOJI), codePoint),
    };
  }

  const library: Library = {
    digest,
    installed: installed.fonts,
    identityOf(source) {
      const { packages } = installed.named(source);
      const ofText = fontsFor(installed.fonts, new Set(scriptsIn(source).map(({ code }) => code))) ?? [];
      return [...packages, ...ofText].join('\n');
    },
    missing: async (text) => (await library.select(text, '', [])).missing,
    named: async (source) => {
      const own = await shared();
      const taken = new Set(own.map((face) => face.family.toLowerCase()));
      const others = (await shipped()).filter((face) => !taken.has(face.family.toLowerCase()));
      const ours = [...own, ...others].filter((face) => isNamedIn(source, face));
      const { faces } = installed.named(source);
      return [...ours, ...faces.filter((face) => !taken.has(face.family) && isAskedFor(source, face))];
    },
    select: async (text, language, named) => {
      const clusters = clustersOf(text);
      if (clusters.length === 0) return { named: [], standIns: [], missing: [] };
      const [own, inOrder] = await Promise.all([shared(), standIns()]);
      const reserve = () => inOrder(language, text);
      const selection = await select(clusters, { named, standIns: reserve, system }, coverage);
      const siblings = [...own, ...installed.standIns(text)];
      return { ...selection, standIns: selection.standIns.flatMap((face) => withSiblings(face, siblings)) };
    },
  };
  return library;
}

/**
 * Prepares the browser's fonts in a cache, which may be read-only once they are there. Idempotent; processes may race.
 * Resolves to the path of a fontconfig file that names our fonts and no other.
 * @throws FunctionError `browser_unavailable` when the cache cannot be written.
 */
export async function prepareFonts(cacheDir: string): Promise<string> {
  return join(await prepareSystemFonts(cacheDir), 'fonts.conf');
}

/** A font of the user's comes with its other weights and styles. */
function withSiblings(face: Face, own: readonly Face[]): Face[] {
  if (!own.includes(face)) return [face];
  return face.base ? own.filter((other) => other.family === face.family) : sameFiles(own, face);
}

/** Italics are large: they come along only where the source asks for slanted text. */
function isAskedFor(source: string, face: Face): boolean {
  return face.style !== 'italic' || SLANTED.test(source);
}

function isNamedIn(source: string, face: Face): boolean {
  return isAskedFor(source, face) && source.toLowerCase().includes(face.family.toLowerCase());
}

function systemFace(root: string, name: string): Face {
  return { family: '', style: 'normal', weight: '400', ranges: null, file: join(root, name), base: true };
}

async function digestOf(folder: string, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(shippedVersions());
  for (const file of files) {
    const bytes = await readFile(file);
    hash.update(`\n${relative(folder, file)}\n${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex');
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
}
