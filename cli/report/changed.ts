/** Pages whose picture is another one now, and how each network is asked to look again. Pure. */
import { isHashed, keySlug } from '../../function/key.ts';
import type { Inventory, Item, Plan } from '../plan/plan.ts';
import type { Colors } from './colors.ts';
import type { ChangedPage } from './documents.ts';
import { count, safe } from './format.ts';
import type { Link } from './links.ts';

/**
 * The items whose pictures take the place of others that networks may have kept: under the same key, or under a new one
 * where an older image of the slug is stored. New posts are none: nobody has kept anything. What is made anew by force and
 * looks the same is none either.
 */
export function replacements(
  { create, update }: Pick<Plan, 'create' | 'update'>,
  inventory: Inventory,
): Set<Item> {
  const older = new Map<string, Set<string | null>>();
  function slugsOf(pattern: string): Set<string | null> {
    let slugs = older.get(pattern);
    if (slugs === undefined)
      older.set(pattern, (slugs = new Set([...inventory.keys()].map(keySlug(pattern)))));
    return slugs;
  }
  const looksTheSame = ({ key, fingerprint }: Item): boolean => {
    const held = inventory.get(key)?.fingerprint ?? '';
    return held !== '' && fingerprint.startsWith(held);
  };
  return new Set([
    ...update.filter((item) => !looksTheSame(item)),
    ...create.filter(({ pattern, slug }) => isHashed(pattern) && slugsOf(pattern).has(slug)),
  ]);
}

/** `siteUrl` ends with a slash. `image`: its address, null where none is known. */
export function changedPage(
  { address }: Pick<Item, 'address'>,
  siteUrl: string,
  image: string | null,
): ChangedPage {
  const path = encodeURI(address.replace(/^\//, '')).replaceAll('?', '%3F').replaceAll('#', '%23');
  const page = new URL(path, siteUrl).href;
  const asked = encodeURIComponent(page);
  return {
    page,
    image,
    refresh: {
      facebook: `https://developers.facebook.com/tools/debug/?q=${asked}`,
      linkedin: `https://www.linkedin.com/post-inspector/inspect/${asked}`,
      telegram: 'https://t.me/WebpageBot',
    },
  };
}

/** Pages that are named without --verbose. */
const SHOWN = 3;

/** How many, the first of them, and where networks are asked; `verbose`: all, with every address. */
export function changedLines(
  changed: readonly ChangedPage[],
  { colors, link, verbose }: { colors: Colors; link: Link; verbose: boolean },
): string[] {
  if (changed.length === 0) return [];
  const shown = verbose ? changed : changed.slice(0, SHOWN);
  const lines = [
    `  changed  ${count(changed.length, 'page')} with another picture; networks keep the old one for a while`,
  ];
  for (const { page, refresh } of shown) {
    const ask = [link('Facebook', refresh.facebook), link('LinkedIn', refresh.linkedin)].join(', ');
    // Without links, the names alone would say nothing.
    const isLinked = ask.includes('\u001B]8;;');
    lines.push(`           ${link(safe(page), page)}${isLinked && !verbose ? colors.dim(`  ${ask}`) : ''}`);
    if (verbose)
      for (const address of [refresh.facebook, refresh.linkedin])
        lines.push(`             ${link(address, address)}`);
  }
  if (changed.length > shown.length)
    lines.push(colors.dim(`           … and ${changed.length - shown.length} more`));
  lines.push(
    colors.dim(
      verbose
        ? `           Telegram: send the addresses to ${link('@WebpageBot', shown[0]?.refresh.telegram ?? '')}. X, Slack and Discord cannot be asked: docs/sharing.md`
        : '           To have them look again: --verbose has the addresses, docs/sharing.md says more',
    ),
  );
  return lines;
}
