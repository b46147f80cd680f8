/** The fonts that come with og-sync, each under the SIL Open Font License: the one list of them. */
import { complement, parseRanges } from './face.ts';
import type { Face } from './face.ts';
import { slicedFaces, SLICES, versionOf } from './fontsource.ts';
import { packageFile, packageRoot } from './packages.ts';

/** A package of Fontsource, and what its metadata say: reading them takes time at each start. */
interface Packed {
  family: string;
  package: string;
  /** The part of the file names that names the axes. */
  axes: string;
  weight: string;
  styles: readonly Face['style'][];
}

const SERIF: Packed = {
  family: 'Source Serif 4',
  package: '@fontsource-variable/source-serif-4',
  axes: 'opsz',
  weight: '200 900',
  styles: ['normal', 'italic'],
};
const MONO: Packed = {
  family: 'JetBrains Mono',
  package: '@fontsource-variable/jetbrains-mono',
  axes: 'wght',
  weight: '100 800',
  styles: ['normal', 'italic'],
};
/** One weight only, but declared for all, so that the browser does not smear a bold out of it. */
const SYMBOLS: Packed = {
  family: 'Noto Sans Symbols 2',
  package: '@fontsource/noto-sans-symbols-2',
  axes: '400',
  weight: '100 900',
  styles: ['normal'],
};
/** What the other one lacks. */
const SIGNS = noto('Symbols');
const MATH = { family: 'Noto Sans Math', package: '@fontsource/noto-sans-math' };
const INTER = { family: 'Inter', package: 'inter-ui' };
/** What the Latin subset of Inter has; its package declares nothing. */
const INTER_LATIN =
  'U+0-7E,U+A0-AC,U+AE-FF,U+131,U+152-153,U+2BB-2BC,U+2C6,U+2DA,U+2DC,U+2000-200B,U+2010-2027,U+202F-2055,U+2057,U+205F,U+2074,U+20AC,U+2122,U+2191,U+2193,U+2212';

function noto(script: string): Packed {
  return {
    family: `Noto Sans ${script}`,
    package: `@fontsource-variable/noto-sans-${script.toLowerCase()}`,
    axes: 'wght',
    weight: '100 900',
    styles: ['normal'],
  };
}

const SCRIPTS = ['Arabic', 'Hebrew', 'Devanagari', 'Thai'].map(noto);
/** The four ways to draw the ideographs that Japan, China, Taiwan and Korea share. */
export type Han = 'JP' | 'SC' | 'TC' | 'KR';
const HAN = { JP: noto('JP'), SC: noto('SC'), TC: noto('TC'), KR: noto('KR') };

/** Made into TTF for the browser's own list of fonts: what it takes when no family of a card has a character. */
export const SYSTEM_FONTS = [
  { name: 'Inter.ttf', package: INTER.package, file: 'variable/InterVariable.woff2' },
  {
    name: 'NotoColorEmoji.ttf',
    package: '@fontsource/noto-color-emoji',
    file: 'files/noto-color-emoji-emoji-400-normal.woff2',
  },
];

const SLICED = [SERIF, MONO, SYMBOLS, SIGNS, ...SCRIPTS, ...Object.values(HAN)];
const PACKAGES = [...SLICED, MATH, ...SYSTEM_FONTS];

/** Names of the packages that og-sync brings. */
export function shippedPackages(): string[] {
  return PACKAGES.map(({ package: name }) => name);
}

/** `name@version` of every font package, one a line: npm never changes the bytes of a published version. */
export function shippedVersions(): string {
  const lines = shippedPackages().map((name) => `${name}@${versionOf(packageRoot(name))}`);
  return lines.sort().join('\n');
}

function facesOf({ family, package: name, axes, weight, styles }: Packed): Face[] {
  return slicedFaces({ family, root: packageRoot(name), weights: [{ weight, file: axes }], styles });
}

function interFaces(): Face[] {
  const latin = parseRanges(INTER_LATIN);
  const face = { family: INTER.family, weight: '100 900' } as const;
  const file = (name: string): string => packageFile(INTER.package, name);
  return [
    {
      ...face,
      style: 'normal',
      ranges: latin,
      file: file('variable-latin/InterVariable-subset.woff2'),
      base: true,
    },
    {
      ...face,
      style: 'italic',
      ranges: latin,
      file: file('variable-latin/InterVariable-Italic-subset.woff2'),
      base: true,
    },
    {
      ...face,
      style: 'normal',
      ranges: complement(latin),
      file: file('variable/InterVariable.woff2'),
      base: false,
    },
    {
      ...face,
      style: 'italic',
      ranges: complement(latin),
      file: file('variable/InterVariable-Italic.woff2'),
      base: false,
    },
  ];
}

/** The families a template may name, each with all its faces. */
export function namedFaces(): Face[] {
  return [...interFaces(), ...facesOf(SERIF), ...facesOf(MONO)];
}

/** What stands in for a character that a template's own families lack, the likeliest first. */
export function scriptFaces(): Face[] {
  const inter = interFaces().filter((face) => face.style === 'normal');
  return [...inter, wholeInter(), ...SCRIPTS.flatMap(facesOf)];
}

/** For a letter and its mark, which must be in one face. */
function wholeInter(): Face {
  return {
    family: `${INTER.family} whole`,
    style: 'normal',
    weight: '100 900',
    ranges: null,
    file: packageFile(INTER.package, 'variable/InterVariable.woff2'),
    base: false,
  };
}

/** The faces of one way to draw ideographs. */
export function hanFaces(han: Han): Face[] {
  return facesOf(HAN[han]);
}

/** Mathematical signs, arrows, dingbats. */
export function symbolFaces(): Face[] {
  const math: Face = {
    family: MATH.family,
    style: 'normal',
    weight: '100 900',
    ranges: null,
    file: packageFile(MATH.package, 'files/noto-sans-math-latin-400-normal.woff2'),
    base: false,
  };
  return [math, ...facesOf(SYMBOLS), ...facesOf(SIGNS)];
}

/** Absolute paths of all files that og-sync reads of its font packages, their manifests among them. The build copies these. */
export function shippedFiles(): string[] {
  const han = Object.values(HAN).flatMap(facesOf);
  const faces = [...namedFaces(), ...scriptFaces(), ...han, ...symbolFaces()];
  return [
    ...faces.map(({ file }) => file),
    ...SYSTEM_FONTS.map((font) => packageFile(font.package, font.file)),
    ...SLICED.map((font) => packageFile(font.package, SLICES)),
    ...PACKAGES.map((font) => packageFile(font.package, 'package.json')),
  ];
}
