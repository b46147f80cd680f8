/** The sizes each post is made in, and how the images of each are named. Pure. */
import { isHashed } from '../../function/key.ts';
import type { Output } from '../../function/contract.ts';
import { CliError } from '../errors.ts';
import type { Config } from './config.ts';

/** One of the configuration's `outputs`, or its single `output`. */
export interface ConfiguredOutput {
  /** Null for a single `output`: nothing has to tell it from others. */
  name: string | null;
  output: Output;
  /** Null: made of the configuration's own. */
  key: string | null;
}

export interface NamedOutput {
  outputName: string | null;
  output: Output;
  /** How its images are named: a key pattern in which `{output}` is filled in. */
  pattern: string;
}

/**
 * The outputs in the order of the configuration, the first one being `og:image`. The first is named as a single output
 * would be, so that its images stay when others are added; the others have their name behind the slug.
 * @throws CliError `config_invalid` when two of them would name their images alike.
 */
export function outputsOf({ outputs, key: common }: Pick<Config, 'outputs' | 'key'>): NamedOutput[] {
  const named = outputs.map(({ name, output, key }, index) => {
    const isNamed = (key ?? common).includes('{output}') || key !== null || index === 0;
    const pattern = isNamed ? (key ?? common) : withSuffix(common);
    return { outputName: name, output, pattern: pattern.replaceAll('{output}', name ?? '') };
  });
  const known = new Map<string, string | null>();
  for (const { outputName, output, pattern } of named) {
    const made = pattern.replace('{ext}', output.format);
    const other = known.get(made);
    // A hash distinguishes what is drawn in different sizes.
    if (other !== undefined && !isHashed(pattern))
      throw new CliError(
        'config_invalid',
        `The outputs "${other}" and "${outputName}" would both name their images ${pattern}.`,
        'Put {output} into key, or give one of them a key of its own.',
      );
    known.set(made, outputName);
  }
  return named;
}

/** `{slug}.{hash}.{ext}` → `{slug}-{output}.{hash}.{ext}` */
function withSuffix(pattern: string): string {
  const end = pattern.lastIndexOf('{slug}') + '{slug}'.length;
  return `${pattern.slice(0, end)}-{output}${pattern.slice(end)}`;
}
