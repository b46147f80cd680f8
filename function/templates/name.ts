/** What a template may be called: its folder's name, in front matter, in addresses of a server, on every file system. */

const NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** The folder beside the templates that holds fonts for all of them. */
export const FONTS = 'fonts';
/** Names that Windows keeps for itself: no folder can have them there. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

/** Whether a folder beside the templates is meant to be none. */
export function isNoTemplate(name: string): boolean {
  return name === FONTS || /^[._]/.test(name);
}

/** Why a folder of that name cannot be a template, as the end of a sentence that begins with "its name"; null: it can. */
export function nameProblem(name: string): string | null {
  return NAME.test(name) ? null : 'may have a-z, 0-9 and "-" only, 64 characters at most';
}

/** The same for a template that is yet to be made; stricter, since it has to live on every machine. */
export function newNameProblem(name: string): string | null {
  const problem = nameProblem(name);
  if (problem !== null) return problem;
  if (name === FONTS) return `cannot be "${FONTS}": the fonts of all templates are in that folder`;
  return DEVICES.test(name) ? 'is kept by Windows for a device' : null;
}
