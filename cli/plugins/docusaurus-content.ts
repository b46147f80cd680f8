/** What the content plugins of Docusaurus loaded → posts. Parsed here once; what has another form is left to the heads of the pages. Pure. */
import { z } from 'zod';
import type { GivenPost } from '../scan/given.ts';
import { belowBase } from './config.ts';

const text = z.string().optional().catch(undefined);
const metadataSchema = z.object({
  permalink: z.string(),
  title: text,
  description: text,
  date: z.union([z.date(), z.string()]).optional().catch(undefined),
  tags: z.array(z.object({ label: z.string() })).catch([]),
  authors: z.array(z.object({ name: z.string() })).catch([]),
  frontMatter: z.record(z.string(), z.unknown()).catch({}),
  source: text,
});
const list = <T extends z.ZodType>(item: T) => z.array(item.nullable().catch(null)).catch([]);
const contentSchema = z
  .object({
    blogPosts: list(z.object({ metadata: metadataSchema })),
    loadedVersions: list(z.object({ docs: list(metadataSchema) })),
  })
  .partial()
  .catch({});
const pagesSchema = list(metadataSchema).catch([]);
const allSchema = z.record(z.string(), z.record(z.string(), z.unknown())).catch({});

type Metadata = z.infer<typeof metadataSchema>;

/** `base`: of the site; `lang`: of the build. */
export function postsOfContent(
  allContent: unknown,
  { base, lang }: { base: string; lang: string },
): GivenPost[] {
  const contents = Object.values(allSchema.parse(allContent)).flatMap((byId) => Object.values(byId));
  const found = contents.flatMap((content): (Metadata | null)[] => {
    if (Array.isArray(content)) return pagesSchema.parse(content);
    const { blogPosts = [], loadedVersions = [] } = contentSchema.parse(content);
    const docs = loadedVersions.flatMap((version) => version?.docs ?? []);
    return blogPosts.map((post) => post?.metadata ?? null).concat(docs);
  });
  return found.flatMap((metadata) => (metadata === null ? [] : [postOf(metadata, base, lang)]));
}

function postOf(
  { permalink, source, tags, authors, ...rest }: Metadata,
  base: string,
  lang: string,
): GivenPost {
  const { title, description, date, frontMatter } = rest;
  const names = authors.map(({ name }) => name);
  return {
    address: belowBase(permalink, base),
    file: source?.replace(/^@site\//, ''),
    lang,
    frontMatter: { ...frontMatter, ...(names.length > 0 && { authors: names }) },
    title,
    description,
    date,
    ...(tags.length > 0 && { tags: tags.map(({ label }) => label) }),
  };
}
