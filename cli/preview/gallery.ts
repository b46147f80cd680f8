/** Pictures by fingerprint: drawn when they are asked for, each once, and kept. */
import pLimit from 'p-limit';
import { FunctionError, isWarning } from '../../function/contract.ts';
import type { Output, RequestPost, Site } from '../../function/contract.ts';
import { checkImages, draw, readJob } from '../../function/card/card.ts';
import type { Renderer } from '../../function/renderer/renderer.ts';
import type { Templates } from '../../function/templates/templates.ts';
import type { Details, Marked, Message, PreviewTrouble } from './api.ts';
import { troubleOf } from './trouble.ts';

/** What one picture is made of, as it was when its fingerprint was computed. */
export interface Recipe {
  template: string;
  /** The template's folder, as a person would name it. */
  folder: string;
  load(): Promise<RequestPost>;
  site: Site;
  output: Output;
  templates: Templates;
}

export type DrawnCard = { bytes: Uint8Array; details: Details } | { trouble: PreviewTrouble };

export interface Gallery {
  /** A picture. The signal takes the wish back: what nobody waits for is not started. */
  picture(fingerprint: string, recipe: Recipe, signal?: AbortSignal): Promise<DrawnCard>;
  /** How a picture turned out, as far as it was drawn. */
  outcome(fingerprint: string): { warnings: number; failed: boolean } | undefined;
  /** Pictures drawn so far. */
  readonly drawn: number;
}

/** What is kept of pictures, in bytes: several thousand of them. */
const KEPT_BYTES = 256_000_000;

interface Wish {
  waiting: number;
  made: Promise<DrawnCard | null>;
}

export function createGallery(renderer: Renderer, tell: (message: Message) => void): Gallery {
  const limit = pLimit(renderer.pages);
  const kept = new Map<string, DrawnCard>();
  const wishes = new Map<string, Wish>();
  const outcomes = new Map<string, { warnings: number; failed: boolean }>();
  let keptBytes = 0;
  let drawn = 0;

  function keep(fingerprint: string, made: DrawnCard): void {
    kept.set(fingerprint, made);
    keptBytes += sizeOf(made);
    for (const [oldest, picture] of kept) {
      if (keptBytes <= KEPT_BYTES) break;
      kept.delete(oldest);
      keptBytes -= sizeOf(picture);
    }
  }

  async function make(fingerprint: string, recipe: Recipe): Promise<DrawnCard> {
    let made: DrawnCard;
    let isFinal = true;
    try {
      made = await drawRecipe(fingerprint, recipe, renderer);
      drawn += 1;
    } catch (error) {
      // What may go well the next time is tried again.
      isFinal = error instanceof FunctionError && !error.retryable;
      made = { trouble: troubleOf(error, recipe.folder) };
    }
    if (isFinal) keep(fingerprint, made);
    const failed = 'trouble' in made;
    const warnings = 'trouble' in made ? 0 : made.details.warnings.filter(isWarning).length;
    outcomes.set(fingerprint, { warnings, failed });
    tell({ type: 'drawn', fingerprint, warnings, failed });
    return made;
  }

  function wishFor(fingerprint: string, recipe: Recipe): Wish {
    const known = wishes.get(fingerprint);
    if (known !== undefined) return known;
    const wish: Wish = { waiting: 0, made: Promise.resolve(null) };
    wish.made = limit(async () => (wish.waiting === 0 ? null : make(fingerprint, recipe))).finally(() =>
      wishes.delete(fingerprint),
    );
    wishes.set(fingerprint, wish);
    return wish;
  }

  return {
    get drawn() {
      return drawn;
    },
    outcome: (fingerprint) => outcomes.get(fingerprint),
    async picture(fingerprint, recipe, signal) {
      for (;;) {
        signal?.throwIfAborted();
        const there = kept.get(fingerprint);
        if (there !== undefined) {
          // The last one used is the last one to go.
          kept.delete(fingerprint);
          kept.set(fingerprint, there);
          return there;
        }
        const wish = wishFor(fingerprint, recipe);
        wish.waiting += 1;
        const leave = () => void (wish.waiting -= 1);
        signal?.addEventListener('abort', leave, { once: true });
        const made = await wish.made;
        signal?.removeEventListener('abort', leave);
        if (made !== null) return made;
      }
    },
  };
}

function sizeOf(made: DrawnCard): number {
  return 'trouble' in made ? 0 : made.bytes.byteLength;
}

async function drawRecipe(fingerprint: string, recipe: Recipe, renderer: Renderer): Promise<DrawnCard> {
  const { site, output, templates, template } = recipe;
  // The very way of the function: parsed, checked, and refused where the identity is another.
  const job = readJob(await recipe.load(), { site, output, templates });
  await Promise.all([checkImages(job.post), checkImages(site)]);
  const { picture, warnings } = await draw(job, { renderer, site, output });
  const missing = await job.template.missing(picture.text);
  const found =
    missing.length === 0
      ? []
      : (
          await renderer.render(
            { ...(await job.template.render({ post: job.post, site, output })), find: missing },
            output,
          )
        ).found;
  const marked = warnings.map((warning): Marked => {
    const { place } = picture.findings.find(({ message }) => message === warning.message) ?? {};
    const isGlyph = warning.code === 'missing_glyph';
    const places = isGlyph ? found.map((one) => one.place) : place === undefined ? [] : [place];
    return Object.assign({ places }, warning);
  });
  const { key: _key, fingerprint: _fingerprint, template: _template, image, ...post } = job.post;
  return {
    bytes: picture.bytes,
    details: {
      fingerprint,
      template,
      format: output.format,
      bytes: picture.bytes.byteLength,
      maxBytes: output.maxBytes,
      quality: picture.quality,
      renderMs: Math.round(picture.renderMs * 10) / 10,
      warnings: marked,
      post: {
        ...post,
        ...(image !== undefined && { image: `${image.slice(0, image.indexOf(','))},…` }),
        ...(typeof post.author === 'object' && { author: { name: post.author.name } }),
      },
    },
  };
}
