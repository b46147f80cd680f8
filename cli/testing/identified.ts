/** Items for tests of what comes after identification: real identities, no files. */
import { outputSchema } from '../../function/contract.ts';
import type { Description, Post } from '../../function/contract.ts';
import { fingerprint, siteDigest } from '../../function/fingerprint.ts';
import type { Item } from '../plan/plan.ts';

/** The item of a post for the template `default` with default output, as `toItems` would make it. */
export function itemFor(post: Post, description: Pick<Description, 'templates'>): Item {
  const template = 'default';
  const identity = fingerprint({
    post,
    site: siteDigest({}),
    template: { name: template, digest: description.templates[template]?.digest ?? '' },
    output: outputSchema.parse({}),
  });
  const { slug, title } = post;
  const key = `${slug}.jpg`;
  return {
    file: `${slug}.md`,
    slug,
    address: `/${slug}/`,
    alt: title,
    template,
    key,
    fingerprint: identity,
    warnings: [],
    load: async () => ({ ...post, template, key, fingerprint: identity }),
  };
}
