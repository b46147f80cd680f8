/** What `init` needs to know, whoever says it: the user, or the flags and what was recognised. */
import { nearest } from '../../config/errors.ts';
import { CliError } from '../../errors.ts';
import type { PresetName } from '../../config/preset-names.ts';
import { siteUrl } from './generators/config.ts';
import type { GeneratorFacts } from './generators/types.ts';
import { GENERATORS } from './generators/generators.ts';
import type { When } from './build-line.ts';
import type { InitFlags } from './flags.ts';
import { nameOfFolder } from './site.ts';
import { SKETCHES } from './sketch.ts';
import type { KnownSite } from './site.ts';

export interface Answers {
  preset: PresetName | null;
  siteName: string | null;
  siteUrl: string;
  when: When;
  /** The folder of the built site. */
  pages: string;
  /** Null: in the built site, or the folder that the generator publishes. */
  store: string | null;
  /** Null: the images are served by the site itself. */
  publicUrl: string | null;
  template: string;
}

/** The folder of images in a site, and the path they are served below. */
const IMAGES = 'og';

/** What is wrong with the address of a site, in a sentence, or null. */
export function addressProblem(text: string | undefined): string | undefined {
  return siteUrl(text?.trim()) === undefined
    ? 'It must be an address such as https://blog.example.'
    : undefined;
}

/** What is wrong with a store, in a sentence, or null. */
export function bucketProblem(text: string | undefined): string | undefined {
  return /^s3:\/\/[A-Za-z0-9][A-Za-z0-9._-]*(?:\/.*)?$/.test(text ?? '')
    ? undefined
    : 'It must be a bucket such as s3://my-bucket/images.';
}

/** Where the images are served from, without a slash at its end. */
export function imagesUrl({ publicUrl, siteUrl: site }: Answers): string {
  return (publicUrl ?? `${site.replace(/\/$/, '')}/${IMAGES}`).replace(/\/$/, '');
}

/** Where images made before the build are stored, so that the site publishes them. */
export function servedStore({ served }: Pick<GeneratorFacts, 'served'>): string {
  return served === '.' ? IMAGES : `${served}/${IMAGES}`;
}

/** The generator that a flag names: null for none, undefined when no flag does. Throws CliError `usage`. */
export function presetOf(name: string | undefined): PresetName | null | undefined {
  if (name === undefined) return undefined;
  if (name === 'none') return null;
  if (isPreset(name)) return name;
  const names = Object.keys(GENERATORS);
  const meant = nearest(name, names);
  throw new CliError(
    'usage',
    `There is no preset ${JSON.stringify(name)}.`,
    `${meant === null ? '' : `Did you mean ${meant}? `}There are: ${names.join(', ')}, none.`,
  );
}

function isPreset(name: string): name is PresetName {
  return Object.hasOwn(GENERATORS, name);
}

/** The answers without asking: the flags, else what the generator's configuration says. Throws CliError `usage`. */
export function answersOf(flags: InitFlags, { generator, facts }: KnownSite, folder: string): Answers {
  const siteUrl = flags.siteUrl ?? facts.url;
  if (siteUrl === undefined)
    throw new CliError(
      'usage',
      'The address of the site is not known.',
      'Say it: --site-url https://blog.example',
    );
  const { template = 'default', store = null, publicUrl = null } = flags;
  if (!Object.hasOwn(SKETCHES, template))
    throw new CliError(
      'usage',
      `There is no template ${JSON.stringify(template)}.`,
      `There are: ${Object.keys(SKETCHES).join(', ')}.`,
    );
  return {
    preset: generator?.name ?? null,
    siteName: flags.siteName ?? facts.name ?? nameOfFolder(folder),
    siteUrl: checked('--site-url', siteUrl),
    when: flags.before === true ? 'before' : 'after',
    pages: flags.pages ?? facts.output,
    store,
    publicUrl: publicUrl === null ? null : checked('--public-url', publicUrl),
    template,
  };
}

/** An address that was given; an empty one is still to be asked for. */
function checked(flag: string, address: string): string {
  const problem = address === '' ? undefined : addressProblem(address);
  if (problem === undefined) return address;
  throw new CliError(
    'usage',
    `${flag}: ${problem} Found ${JSON.stringify(address)}.`,
    'Write it with https://.',
  );
}
