/** Pages and their images, wherever they are → findings. */
import { workOff } from '../tasks/workers.ts';
import { examineImage, examinePage, examineShared, shownImages } from './examine.ts';
import type { Rules } from './examine.ts';
import type { Finding } from './findings.ts';
import type { ImageFacts } from './image-facts.ts';
import type { CheckedPage, ShownImage } from './page-facts.ts';

/** Where pages come from: a folder, or a site that is served. */
export interface CheckSource {
  /** Each page, to be read: its facts, the finding that it cannot be read, or null where no network shows it. */
  pages(): AsyncIterator<() => Promise<CheckedPage | Finding | null>>;
  /** The image at an address; null: it is not there; undefined: unknown from here. */
  image(address: string, facts: CheckedPage): Promise<ImageFacts | null | undefined>;
  /** Pages and images looked at together. */
  atOnce: number;
}

export interface Checked {
  /** Pages looked at. */
  pages: number;
  /** By page, in the order of `FINDINGS` for each. */
  findings: Finding[];
}

/** Looks at every page of a source. Throws what the source throws, and the signal's reason once it is aborted. */
export async function check(source: CheckSource, rules: Rules, signal: AbortSignal): Promise<Checked> {
  const findings: Finding[] = [];
  const images = new Map<string, Promise<ImageFacts | null | undefined>>();
  const shared: { page: string; address: string; image: string }[] = [];
  let pages = 0;
  const look = (image: string, facts: CheckedPage) => {
    const known = images.get(image) ?? source.image(image, facts);
    images.set(image, known);
    return known;
  };
  await workOff(source.pages(), { count: source.atOnce }, async (read) => {
    signal.throwIfAborted();
    const facts = await read();
    if (facts === null) return;
    pages += 1;
    if ('code' in facts) {
      findings.push(facts);
      return;
    }
    findings.push(...examinePage(facts, rules));
    const [first] = facts.images;
    if (first !== undefined && wholeOf(first, facts) !== null)
      shared.push({
        page: facts.page,
        address: facts.canonical ?? facts.address ?? facts.page,
        image: first.address,
      });
    for (const image of shownImages(facts, rules)) {
      const whole = wholeOf(image, facts);
      const found = whole === null ? undefined : await look(whole.href, facts);
      if (found !== undefined) findings.push(...examineImage(facts, image, found));
    }
  });
  if (!rules.keepsOwn) findings.push(...examineShared(shared.sort((a, b) => (a.page < b.page ? -1 : 1))));
  return { pages, findings: findings.sort(byPage) };
}

function wholeOf({ address }: ShownImage, page: CheckedPage): URL | null {
  return URL.parse(address, page.address ?? undefined);
}

function byPage(a: Finding, b: Finding): number {
  return a.page === b.page ? 0 : a.page < b.page ? -1 : 1;
}
