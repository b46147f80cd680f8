/** Items and results for tests: real shapes, no files. */
import { outputSchema } from '../../function/contract.ts';
import type { Description, FailedResult, Post, StoredResult } from '../../function/contract.ts';
import { fingerprint, siteDigest } from '../../function/fingerprint.ts';
import type { NamedOutput } from '../config/outputs.ts';
import type { Item } from '../plan/plan.ts';

/** The single output of a configuration that says nothing of it. */
export const OUTPUT: NamedOutput = {
  outputName: null,
  output: outputSchema.parse({}),
  pattern: '{slug}.{ext}',
};

/** An item ready to be planned; what it would send is of no interest there. */
export function item(key: string, fingerprint: string): Item {
  const slug = key.replace(/\.[a-z]+$/, '');
  return {
    file: `${slug}.md`,
    slug,
    address: `/${slug}/`,
    alt: slug,
    template: 'default',
    key,
    fingerprint,
    ...OUTPUT,
    warnings: [],
    load: async () => await Promise.resolve({ slug, title: slug }),
  };
}

/** The item of a post for the template `default`, as `toItems` would make it. */
export function itemFor(
  post: Post,
  description: Pick<Description, 'templates'>,
  named: NamedOutput = OUTPUT,
): Item {
  const template = 'default';
  const identity = fingerprint({
    post,
    site: siteDigest({}),
    template: { name: template, digest: description.templates[template]?.digest ?? '' },
    output: named.output,
  });
  const key = named.pattern.replace('{slug}', post.slug).replace('{ext}', 'jpg');
  return {
    ...item(key, identity),
    ...named,
    slug: post.slug,
    alt: post.title,
    load: async () => ({ ...post, template, key, fingerprint: identity }),
  };
}

/** The result of an item whose image was stored. */
export function stored({ slug, key, fingerprint }: Item, more: Partial<StoredResult> = {}): StoredResult {
  const sizes = { bytes: 2000, width: 8, height: 4, renderMs: 3 };
  return { status: 'stored', slug, key, fingerprint, ...sizes, warnings: [], ...more };
}

/** The result of an item whose image failed. */
export function failed(
  { slug, key }: Item,
  error: FailedResult['error'] = { code: 'render_failed', message: 'It broke.' },
): FailedResult {
  return { status: 'failed', slug, key, warnings: [], error };
}
