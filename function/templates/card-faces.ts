/** Which faces a card needs beyond those of its template's head: for its script, for what is slanted, for its code. */
import { FunctionError } from '../contract.ts';
import type { Face } from '../fonts/face.ts';
import type { Library } from '../fonts/fonts.ts';
import { CODE_FAMILY, textOfHtml } from './document.ts';

interface Needed {
  named: Face[];
  /** In the order in which the browser must ask them. */
  standIns: Face[];
  /** Whether there is something that none of them draws. */
  isLacking: boolean;
}

export interface CardFaces {
  /** In the head: every card has them. */
  always: readonly Face[];
  of(html: string, shown: string, language: string): Promise<Needed>;
}

const SLANT = '<em>';
const SLANTED = /<(?:em|i|cite|address|dfn|var)\b/;
/** The text of all code. No code stands in code. */
function codeOf(html: string): string {
  const parts = html.split('</code>').slice(0, -1);
  return parts.map((part) => textOfHtml(part.slice(part.lastIndexOf('<code')))).join('');
}

/**
 * Faces are looked for once for each kind of card.
 * @param source all of the template in which a font may be named
 * @param own fonts of the template alone
 */
export async function createCardFaces(
  fonts: Library,
  source: string,
  own: readonly Face[],
): Promise<CardFaces> {
  const taken = new Set(own.map((face) => face.family.toLowerCase()));
  const shared = async (text: string) =>
    (await fonts.named(text)).filter((face) => !taken.has(face.family.toLowerCase()));
  const always = [...own, ...(await shared(source))];
  const known = new Map<string, Promise<Face[]>>();
  const once = (text: string): Promise<Face[]> => {
    const found = known.get(text) ?? shared(text);
    known.set(text, found);
    return found;
  };
  const later = (faces: readonly Face[]) => faces.filter((face) => face.base && !always.includes(face));
  return {
    always,
    async of(html, shown, language) {
      const slant = SLANTED.test(html) ? SLANT : '';
      const faces = slant === '' ? always : [...own, ...(await once(source + slant))];
      const needed = await fonts.select(textOfHtml(html) + shown, language, faces);
      const code = codeOf(html);
      const isLacking = needed.missing.length > 0;
      if (code === '')
        return { named: [...later(faces), ...needed.named], standIns: needed.standIns, isLacking };
      const mono = await once(CODE_FAMILY + slant);
      const coded = await fonts.select(code, language, mono);
      return {
        named: [...new Set([...later(faces), ...needed.named, ...later(mono), ...coded.named])],
        standIns: [...new Set([...needed.standIns, ...coded.standIns])],
        isLacking,
      };
    },
  };
}

/**
 * The faces of a template's cards, by the font of the site's theme.
 * @returns throws `FunctionError` `bad_request` for a family that is not there
 */
export function themedFaces(
  fonts: Library,
  source: string,
  own: readonly Face[],
): (font: string | undefined) => Promise<CardFaces> {
  const known = new Map<string, Promise<CardFaces>>();
  const make = async (font: string): Promise<CardFaces> => {
    const faces = await createCardFaces(fonts, `${source}\n${font}`, own);
    if (font !== '' && !faces.always.some(({ family }) => family.toLowerCase() === font.toLowerCase()))
      throw new FunctionError(
        'bad_request',
        `site.theme.font names ${JSON.stringify(font)}, and there is no such font family.`,
        'Name one that og-sync brings (Inter, Source Serif 4, JetBrains Mono), put its files into templates/fonts/, or install its package of Fontsource.',
      );
    return faces;
  };
  return (font = '') => {
    const found = known.get(font) ?? make(font);
    known.set(font, found);
    return found;
  };
}
