/** Posts → items, one for each output: template resolved, pictures read, fingerprint and key known. */
import { FunctionError } from '../../function/contract.ts';
import type { Description, Post, RequestPost, Site } from '../../function/contract.ts';
import { fingerprint, siteDigest } from '../../function/fingerprint.ts';
import { fontsFor, needsOf } from '../../function/fonts/scripts.ts';
import { expandKey } from '../../function/key.ts';
import { nearest, show } from '../config/errors.ts';
import type { Config } from '../config/config.ts';
import { outputsOf } from '../config/outputs.ts';
import type { NamedOutput } from '../config/outputs.ts';
import { CliError, PostError } from '../errors.ts';
import type { Pictures } from '../pictures/pictures.ts';
import { withPictures } from '../pictures/with-pictures.ts';
import type { WithPictures } from '../pictures/with-pictures.ts';
import type { Item } from './plan.ts';
import type { ScannedPost } from '../scan/post.ts';
import type { Problem } from '../scan/scan.ts';
import { untilAborted } from '../tasks/until-aborted.ts';
import { workOff } from '../tasks/workers.ts';

interface Context {
  config: Pick<Config, 'root' | 'template' | 'outputs' | 'key'>;
  /** As it will be sent: fingerprints cover it. */
  site: Site;
  description: Pick<Description, 'templates' | 'fonts'>;
  pictures: Pictures;
  signal?: AbortSignal | undefined;
}

export interface Items {
  /** In the order of the posts, those of one post in the order of the outputs. */
  items: Item[];
  problems: Problem[];
  /** One line for each kind of thing that was left out. */
  notices: string[];
}

/** What the site adds to the identity of every image. */
interface SiteIdentity {
  digest: string;
  needs: ReadonlySet<string>;
}

/** Posts whose pictures are read at the same time. */
const AT_ONCE = 8;

/**
 * Gives every image of every post its identity, as the function will compute it again.
 * @throws CliError `unknown_template` when the config names one that does not exist, `config_invalid` when outputs clash.
 */
export async function toItems(posts: readonly ScannedPost[], context: Context): Promise<Items> {
  const templates = context.description.templates;
  if (typeof context.config.template === 'string' && !Object.hasOwn(templates, context.config.template))
    throw new CliError(
      'unknown_template',
      `The configuration names the template ${show(context.config.template)}, which does not exist.`,
      templateHint(context.config.template, templates),
    );
  const site = { digest: siteDigest(context.site), needs: needsOf(context.site) };
  const foreign = posts.flatMap(({ maybeTemplate }) =>
    maybeTemplate === undefined || Object.hasOwn(templates, maybeTemplate) ? [] : [maybeTemplate],
  );
  const outputs = outputsOf(context.config);
  const outcomes: (Item | Problem)[][] = [];
  const working = workOff(posts.entries(), { count: AT_ONCE }, async ([index, scanned]) => {
    context.signal?.throwIfAborted();
    outcomes[index] = await outcomesOf(scanned, outputs, site, context);
  });
  // A photo takes seconds to decode, and no decoder can be stopped.
  await untilAborted(working, context.signal);
  const items = outcomes.flat().filter((outcome) => 'load' in outcome);
  const problems = outcomes.flat().filter((outcome) => 'message' in outcome);
  return { items, problems, notices: foreign.length === 0 ? [] : [templateNotice(foreign)] };
}

/** The images of one post: one that cannot be leaves the others, and what is wrong with all is told once. */
async function outcomesOf(
  scanned: ScannedPost,
  outputs: readonly NamedOutput[],
  site: SiteIdentity,
  context: Context,
): Promise<(Item | Problem)[]> {
  const outcomes: (Item | Problem)[] = [];
  try {
    const template = templateOf(scanned, context);
    const told = new Set<string>();
    for (const output of outputs)
      try {
        const made = await withPictures(scanned, context, output.output);
        const warnings = [...scanned.warnings, ...made.warnings].filter(({ message }) => !told.has(message));
        outcomes.push({ ...itemOf(scanned, made, { template, site, output }, context), warnings });
        for (const { message } of warnings) told.add(message);
      } catch (error) {
        outcomes.push(problemOf(scanned.file, error));
      }
  } catch (error) {
    outcomes.push(problemOf(scanned.file, error));
  }
  return outcomes;
}

function problemOf(file: string, error: unknown): Problem {
  if (error instanceof PostError || error instanceof FunctionError)
    return { file, code: error.code, message: `${file}: ${error.message}` };
  throw error;
}

function templateOf(
  { post, pictures, maybeTemplate }: ScannedPost,
  { config, description }: Context,
): string {
  if (maybeTemplate !== undefined && Object.hasOwn(description.templates, maybeTemplate))
    return maybeTemplate;
  const { image } = pictures;
  // Whether a post has a picture is what most choices hang on: it is named as the front matter names it.
  const seen = image === undefined ? post : { ...post, image };
  const name: unknown = post.template ?? chosen(seen, config.template);
  if (typeof name === 'string' && Object.hasOwn(description.templates, name)) return name;
  throw new PostError(
    'unknown_template',
    `the template ${show(name)} does not exist. ${templateHint(String(name), description.templates)}`,
  );
}

function chosen(post: Post, template: Config['template']): unknown {
  if (typeof template === 'string') return template;
  try {
    return template(post);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new PostError('template_threw', `template of the configuration threw: ${reason}`, { cause });
  }
}

function templateHint(name: string, templates: Description['templates']): string {
  const names = Object.keys(templates).sort();
  const meant = nearest(name, names);
  return `${meant === null ? '' : `Did you mean ${meant}? `}There are: ${names.join(', ')}.`;
}

function itemOf(
  scanned: ScannedPost,
  { post, kept }: WithPictures,
  { template, site, output: named }: { template: string; site: SiteIdentity; output: NamedOutput },
  context: Context,
): Omit<Item, 'warnings'> {
  const { output, pattern } = named;
  const { templates, fonts } = context.description;
  const identity = fingerprint({
    post,
    site: site.digest,
    template: { name: template, digest: templates[template]?.digest ?? '' },
    output,
    fonts: fontsFor(fonts, needsOf(post), site.needs),
  });
  const { slug, title } = post;
  const key = expandKey(pattern, { slug, fingerprint: identity, template, format: output.format });
  const load = async (): Promise<RequestPost> => {
    // The pictures of the fingerprint and no others: one that was out of reach a moment ago may be back.
    const again = await withPictures({ ...scanned, pictures: kept }, context, output);
    const [lost] = again.warnings;
    if (lost !== undefined) throw new PostError('missing_picture', lost.message);
    return { ...again.post, template, key, fingerprint: identity };
  };
  const { file, address, alt = title } = scanned;
  return { file, slug, address, alt, template, key, fingerprint: identity, ...named, load };
}

function templateNotice(names: readonly string[]): string {
  const several = [...new Set(names)].slice(0, 5).map(show).join(', ');
  const posts = names.length === 1 ? '1 post has' : `${names.length} posts have`;
  return `${posts} a template that is not one of og-sync's (${several}) and get the one of the configuration. og.template names a card's own.`;
}
