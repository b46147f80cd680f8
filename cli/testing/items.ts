import type { Item } from '../plan/plan.ts';

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
    warnings: [],
    load: async () => await Promise.resolve({ slug, title: slug }),
  };
}
