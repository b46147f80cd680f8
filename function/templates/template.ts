/** One template: its source, its fonts, and how a post becomes a card. */
import { createHash } from 'node:crypto';
import type { Template as Parsed } from 'liquidjs';
import type { Output, Post, Site } from '../contract.ts';
import type { Library } from '../fonts/fonts.ts';
import { standInFamily, withStandIns } from '../fonts/css.ts';
import type { FaceWriter } from '../fonts/css.ts';
import { faceOf } from '../fonts/folder.ts';
import type { Card } from '../renderer/renderer.ts';
import { inlineCss, inlineHtml } from './assets.ts';
import { softened } from '../text/hyphenation.ts';
import { createCardFaces, themedFaces } from './card-faces.ts';
import type { CardFaces } from './card-faces.ts';
import {
  BASE_CSS,
  DEFAULT_FONT_CSS,
  EMOJI_CSS,
  rootCss,
  standInsCss,
  styleElement,
  textOfCss,
} from './document.ts';
import { createEngine, liquidFailure } from './liquid.ts';
import { markEmoji } from './emoji.ts';
import type { Source } from './source.ts';
import { styleSheet } from './style-sheet.ts';
import { viewOf } from './view.ts';

interface Prepared {
  render(view: object): string;
  css: string;
  /** With the font of the site's theme. Throws `bad_request` for a family that is not there. */
  faces: (font: string | undefined) => Promise<CardFaces>;
  /** Characters the style sheet itself may show. */
  text: string;
}

/** Heads kept at once: one for each size and set of colours in use. */
const HEADS = 16;

/** Nothing is parsed and no font is opened before the first card: a sync with nothing to do needs the digest alone. */
export class FolderTemplate {
  readonly name: string;
  readonly folder: string;
  readonly bytes: number;
  readonly digest: string;
  readonly #source: Source;
  readonly #fonts: Library;
  readonly #writer: FaceWriter;
  readonly #heads = new Map<string, Promise<string>>();
  #prepared: Promise<Prepared> | undefined;

  constructor(source: Source, fonts: Library, writer: FaceWriter) {
    this.name = source.name;
    this.folder = source.folder;
    this.bytes = [...source.files.values()].reduce((sum, { length }) => sum + length, 0);
    this.digest = createHash('sha256')
      .update([BASE_CSS, DEFAULT_FONT_CSS, EMOJI_CSS, source.digest, fonts.digest].join('\n'))
      .update(fonts.identityOf(sourceOf(source)))
      .digest('hex');
    this.#source = source;
    this.#fonts = fonts;
    this.#writer = writer;
  }

  /** Throws `FunctionError` `template_failed`, naming the template, the line and the cause. */
  async render(input: { post: Post; site: Site; output: Output }): Promise<Card> {
    const view = viewOf(input);
    const prepared = await this.#prepare();
    const faces = await prepared.faces(input.site.theme?.font);
    const head = await this.#head(prepared.css, faces, input);
    const content = markEmoji(prepared.render(view));
    const needed = await faces.of(content, prepared.text, view.lang);
    const [named, standIns] = await Promise.all([
      this.#writer.write(needed.named, (face) => face.family),
      this.#writer.write(needed.standIns, standInFamily),
    ]);
    // Always there, so that the children before it keep their places from card to card.
    const chain = styleElement(standInsCss(needed.standIns.map(standInFamily), needed.isLacking));
    const soften = (words: readonly string[]) => softened(words, view.lang);
    return { head, body: `${content.trim()}${chain}`, fonts: [...named, ...standIns], soften };
  }

  /** What of a text no font of this template or of the shared ones can draw, each character once. */
  async missing(text: string): Promise<string[]> {
    const { faces } = await this.#prepare();
    return (await this.#fonts.select(text, '', (await faces(undefined)).always)).missing;
  }

  /** The families of fonts that every card of it has, each once. Throws like `render`. */
  async families(): Promise<string[]> {
    const { faces } = await this.#prepare();
    return [...new Set((await faces(undefined)).always.map(({ family }) => family))];
  }

  #head(
    css: string,
    { always }: CardFaces,
    { site, output }: { site: Site; output: Output },
  ): Promise<string> {
    const root = rootCss(site, output);
    let head = this.#heads.get(root);
    if (head === undefined) {
      head = this.#writer
        .write(
          always.filter((face) => face.base),
          (face) => face.family,
        )
        .then((faces) => styleElement([EMOJI_CSS, ...faces, root, css].join('\n')));
      const [oldest] = this.#heads.keys();
      if (this.#heads.size >= HEADS && oldest !== undefined) this.#heads.delete(oldest);
      this.#heads.set(root, head);
    }
    return head;
  }

  #prepare(): Promise<Prepared> {
    this.#prepared ??= this.#load();
    return this.#prepared;
  }

  async #load(): Promise<Prepared> {
    const { html, fonts, files, name } = this.#source;
    const engine = createEngine(files, (text, file) => inlineHtml(this.#source, text, file));
    const css = styleSheet(this.#source, (text) => text);
    let parsed: Parsed[];
    try {
      parsed = engine.parse(inlineHtml(this.#source, html, 'card.html'), 'card.html');
    } catch (error) {
      throw liquidFailure(name, error);
    }
    const own = await Promise.all(fonts.map(faceOf));
    const source = sourceOf(this.#source);
    const isPlain = (await createCardFaces(this.#fonts, source, own)).always.length === 0;
    const base = isPlain ? `${BASE_CSS}\n${DEFAULT_FONT_CSS}` : BASE_CSS;
    const themed = themedFaces(this.#fonts, isPlain ? DEFAULT_FONT_CSS : source, own);
    return {
      render: (view) => {
        try {
          // Globals, so that a partial sees them without being handed them. A promise for each tag takes twice the time.
          return String(engine.renderSync(parsed, {}, { globals: view }));
        } catch (error) {
          throw liquidFailure(name, error);
        }
      },
      css: withStandIns(
        `${base}\n${styleSheet(this.#source, (text, file, line) => inlineCss(this.#source, text, file, line))}`,
      ),
      faces: themed,
      text: textOfCss(css),
    };
  }
}

/** All of a template in which a font may be named. */
function sourceOf({ css, html, files }: Pick<Source, 'css' | 'html' | 'files'>): string {
  const parts = [...files].filter(([path]) => /\.(?:liquid|css)$/.test(path));
  return [css, html, ...parts.map(([, bytes]) => bytes.toString('utf8'))].join('\n');
}
