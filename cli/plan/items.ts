/** Posts → items: template resolved, pictures read, fingerprint and key known. */
import { FunctionError } from '../../function/contract.ts';
import type { Description, Post, RequestPost, Site } from '../../function/contract.ts';
import { fingerprint, siteDigest } from '../../function/fingerprint.ts';
import { expandKey } from '../../function/key.ts';
import { nearest, show } from '../config/errors.ts';
import type { Config } from '../config/config.ts';
import { CliError, PostError } from '../errors.ts';
import type { Pictures } from '../pictures/pictures.ts';
import { withPictures } from '../pictures/with-pictures.ts';
import type { WithPictures } from '../pictures/with-pictures.ts';
import type { Item } from './plan.ts';
import type { ScannedPost } from '../scan/post.ts';
import type { Problem } from '../scan/scan.ts';
import { untilAborted } from '../work/until-aborted.ts';
import { workOff } from '../work/workers.ts';

interface Context {
  config: Pick<Config, 'root' | 'template' | 'output' | 'key'>;
  /** As it will be sent: fingerprints cover it. */
  site: Site;
  description: Pick<Description, 'templates'>;
  pictures: Pictures;
  signal?: AbortSignal | undefined;
}

export interface Items {
  /** In the order of the posts. */
  items: Item[];
  problems: Problem[];
  /** One line for each kind of thing that was left out. */
  notices: string[];
}

/** Posts whose pictures are read at the same time. */
const AT_ONCE = 8;

/**
 * Gives every post its identity, as the function will compute it again.
 * @throws CliError `unknown_template` when the config names one that does not exist.
 */
export async function toItems(posts: readonly ScannedPost[], context: Context): Promise<Items> {
  const templates = context.description.templates;
  if (typeof context.config.template === 'string' && !Object.hasOwn(templates, context.config.template))
    throw new CliError(
      'unknown_template',
      `The configuration names the template ${show(context.config.template)}, which does not exist.`,
      templateHint(context.config.template, templates),
    );
  const digest = siteDigest(context.site);
  const foreign = posts.flatMap(({ maybeTemplate }) =>
    maybeTemplate === undefined || Object.hasOwn(templates, maybeTemplate) ? [] : [maybeTemplate],
  );
  const outcomes: (Item | Problem)[] = [];
  const working = workOff(posts.entries(), { count: AT_ONCE }, async ([index, scanned]) => {
    context.signal?.throwIfAborted();
    try {
      const template = templateOf(scanned, context);
      const made = await withPictures(scanned, context);
      outcomes[index] = itemOf(scanned, made, template, digest, context);
    } catch (error) {
      outcomes[index] = problemOf(scanned.file, error);
    }
  });
  // A photo takes seconds to decode, and no decoder can be stopped.
  await untilAborted(working, context.signal);
  const items = outcomes.filter((outcome) => 'load' in outcome);
  const problems = outcomes.filter((outcome) => 'message' in outcome);
  return { items, problems, notices: foreign.length === 0 ? [] : [templateNotice(foreign)] };
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
  { post, warnings, kept }: WithPictures,
  template: string,
  site: string,
  context: Context,
): Item {
  const { output, key: pattern } = context.config;
  const digest = context.description.templates[template]?.digest ?? '';
  const identity = fingerprint({ post, site, template: { name: template, digest }, output });
  const { slug, title } = post;
  const key = expandKey(pattern, { slug, fingerprint: identity, template, format: output.format });
  const load = async (): Promise<RequestPost> => {
    // The pictures of the fingerprint and no others: one that was out of reach a moment ago may be back.
    const again = await withPictures({ ...scanned, pictures: kept }, context);
    const [lost] = again.warnings;
    if (lost !== undefined) throw new PostError('missing_picture', lost.message);
    return { ...again.post, template, key, fingerprint: identity };
  };
  const { file, address, alt = title } = scanned;
  const told = [...scanned.warnings, ...warnings];
  return { file, slug, address, alt, template, key, fingerprint: identity, warnings: told, load };
}

function templateNotice(names: readonly string[]): string {
  const several = [...new Set(names)].slice(0, 5).map(show).join(', ');
  const posts = names.length === 1 ? '1 post has' : `${names.length} posts have`;
  return `${posts} a template that is not one of og-sync's (${several}) and get the one of the configuration. og.template names a card's own.`;
}
