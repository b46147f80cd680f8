/** The site of the config, its pictures read. */
import { siteSchema } from '../../function/contract.ts';
import type { Site } from '../../function/contract.ts';
import { fieldsOf } from '../scan/markdown/values.ts';
import type { Config } from '../config/config.ts';
import { CliError, PostError } from '../errors.ts';
import type { Pictures } from './pictures.ts';

const LOGO = { width: 800, height: 400 };
/** What an author's picture must cover, in px. */
export const AVATAR = { width: 400, height: 400 };

/**
 * The site as templates see it: logo and avatar embedded.
 * @throws CliError `config_invalid` that names the field of a picture that is not there or cannot be used.
 */
export async function loadSite(config: Pick<Config, 'site' | 'root'>, pictures: Pictures): Promise<Site> {
  const { logo, author, ...rest } = config.site;
  const person = fieldsOf(author);
  const load = async (field: string, reference: unknown, box: typeof LOGO): Promise<string | undefined> => {
    if (typeof reference !== 'string') return undefined;
    try {
      return await pictures.load({ reference, base: config.root, box });
    } catch (cause) {
      if (!(cause instanceof PostError)) throw cause;
      throw new CliError(
        'config_invalid',
        `${field} of the configuration: ${cause.message}.`,
        'Give a file relative to the config file, or below a static folder.',
        { cause },
      );
    }
  };
  const [logoUri, avatar] = await Promise.all([
    load('site.logo', logo, LOGO),
    load('site.author.avatar', person['avatar'], AVATAR),
  ]);
  const parsed = siteSchema.safeParse({
    ...rest,
    ...(logoUri !== undefined && { logo: logoUri }),
    ...(author !== undefined && {
      author:
        typeof author === 'string'
          ? author
          : { name: person['name'], ...(avatar !== undefined && { avatar }) },
    }),
  });
  if (parsed.success) return parsed.data;
  throw new CliError(
    'config_invalid',
    `site of the configuration: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')}.`,
    'Correct the named fields.',
  );
}
