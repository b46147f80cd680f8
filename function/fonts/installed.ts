/** Font packages of Fontsource that a blog has installed for itself. */
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Face } from './face.ts';
import { slicedFaces, slicedFamily, versionOf } from './fontsource.ts';
import { packagesFor, SCRIPTS, scriptsIn } from './scripts.ts';
import type { InstalledFonts } from './scripts.ts';
import { shippedPackages } from './shipped.ts';

const SCOPES = ['@fontsource-variable', '@fontsource'];

export interface Installed {
  /** What draws each script that og-sync's own fonts do not, and the families there are. */
  readonly fonts: InstalledFonts;
  /** Faces for the scripts of a text. Throws `template_failed` for a broken package. */
  readonly standIns: (text: string) => Face[];
  /** All faces of the families that a template's source names, and which packages they are of. Throws `template_failed`. */
  named(source: string): { faces: Face[]; packages: string[] };
}

/**
 * Looks for font packages in the `node_modules` of a folder and of those above it, as Node does; what comes with og-sync
 * is left out. Reads which there are and their versions, and no font.
 * @param from null: nowhere
 * @throws FunctionError `template_failed` for a broken package.
 */
export async function findInstalled(from: string | null): Promise<Installed> {
  const roots = from === null ? new Map<string, string>() : await packagesNear(from);
  const drawing = new Map<string, string>();
  for (const script of SCRIPTS) {
    const name = packagesFor(script).find((candidate) => roots.has(candidate));
    if (name !== undefined) drawing.set(script.code, name);
  }
  const rootOf = (name: string): string => roots.get(name) ?? '';
  const labelOf = (name: string): string => `${name}@${versionOf(rootOf(name))}`;
  const standIns = new Map<string, Face[]>();

  function facesFor(name: string): Face[] {
    const faces = standIns.get(name) ?? slicedFaces(slicedFamily(rootOf(name)), true);
    standIns.set(name, faces);
    return faces;
  }

  return {
    fonts: Object.fromEntries(
      [...drawing, ...[...roots.keys()].reverse().map((name) => [wordsOf(name), name] as const)].map(
        ([key, name]) => [key, labelOf(name)],
      ),
    ),
    standIns: (text) =>
      scriptsIn(text).flatMap(({ code }) => {
        const name = drawing.get(code);
        return name === undefined ? [] : facesFor(name);
      }),
    named(source) {
      const faces: Face[] = [];
      const packages: string[] = [];
      const taken = new Set<string>();
      for (const [name, root] of roots) {
        const family = familyNamed(source, name);
        if (family === null || taken.has(family)) continue;
        taken.add(family);
        packages.push(labelOf(name));
        faces.push(...slicedFaces({ ...slicedFamily(root), family }));
      }
      return { faces, packages };
    },
  };
}

/** Name → absolute path; the nearest one, variable packages first. */
async function packagesNear(from: string): Promise<Map<string, string>> {
  const roots = new Map<string, string>();
  const shipped = new Set(shippedPackages());
  for (const scope of SCOPES)
    for (const at of upwards(resolve(from))) {
      const folder = join(at, 'node_modules', scope);
      for (const id of await namesIn(folder)) {
        const name = `${scope}/${id}`;
        if (!shipped.has(name) && !roots.has(name)) roots.set(name, join(folder, id));
      }
    }
  return roots;
}

function upwards(folder: string): string[] {
  const above = dirname(folder);
  return above === folder ? [folder] : [folder, ...upwards(above)];
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch {
    return [];
  }
}

/** Fontsource makes the name of a package of the name of its family. */
function wordsOf(name: string): string {
  return name.slice(name.indexOf('/') + 1).replaceAll('-', ' ');
}

/**
 * The family of a package as a style sheet names it, or null. The package's own style sheets call a variable family
 * "Roboto Variable"; both names are taken. Family names are compared without regard to case.
 */
function familyNamed(source: string, name: string): string | null {
  const words = wordsOf(name);
  if (!source.toLowerCase().includes(words)) return null;
  const pattern = new RegExp(String.raw`(?<=[:,\s'"])${words}(?: variable)?(?=\s*['",;}!]|\s*$)`, 'im');
  return pattern.exec(source)?.[0].toLowerCase() ?? null;
}
