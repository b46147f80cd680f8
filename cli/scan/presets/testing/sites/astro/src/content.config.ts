import { defineCollection } from 'astro:content';
import { glob } from 'astro/loaders';
import { z } from 'astro/zod';

const anything = z.record(z.string(), z.unknown());

const blog = defineCollection({
  loader: glob({ base: './src/content/blog', pattern: '**/*.{md,mdx}' }),
  schema: ({ image }) =>
    z.object({ title: z.string(), pubDate: z.coerce.date(), draft: z.boolean().optional(), hero: image().optional() }),
});
const notes = defineCollection({
  loader: glob({ pattern: ['**/*.md', '!**/private/**'], base: 'notes' }),
  schema: anything,
});
const unused = defineCollection({ loader: glob({ pattern: '*.md', base: './src/content/unused' }), schema: anything });

export const collections = { blog, notes, unused };
