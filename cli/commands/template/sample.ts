/** What a template is tried with: posts of all kinds, and its own `sample.json`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { postSchema, siteSchema } from '../../../function/contract.ts';
import type { Post, Site } from '../../../function/contract.ts';
import { SAMPLE } from '../../../function/templates/source.ts';
import { issueLines } from '../../config/errors.ts';
import { SAMPLES } from '../../preview/samples.ts';
import type { Sample } from '../../preview/samples.ts';
import type { Trouble } from './findings.ts';

export interface Trial extends Sample {
  /** Of its own; absent: the configuration's. */
  site?: Site;
}

const sampleSchema = z.strictObject({ post: postSchema, site: siteSchema.prefault({}) });

/** All trials of a template, and what is wrong with its own. */
export async function trialsOf(
  folder: string,
  shown: string,
): Promise<{ trials: Trial[]; trouble: Trouble | null }> {
  const own = await ownSample(folder, shown);
  if (own === null) return { trials: [...SAMPLES], trouble: null };
  return 'code' in own
    ? { trials: [...SAMPLES], trouble: own }
    : { trials: [{ id: 'sample', label: SAMPLE, ...own }, ...SAMPLES], trouble: null };
}

async function ownSample(
  folder: string,
  shown: string,
): Promise<{ post: Post; site: Site } | Trouble | null> {
  const file = `${shown}/${SAMPLE}`;
  const trouble = (message: string, line: number | null = null): Trouble => ({
    code: 'sample_invalid',
    message,
    hint: 'It holds post and site, as docs/template-reference.md says.',
    file,
    line,
  });
  let text: string;
  try {
    text = await readFile(join(folder, SAMPLE), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? null : trouble(`It cannot be read: ${message}.`);
  }
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const reason = (error as Error).message.replaceAll(/\s+/g, ' ');
    const at = /position (\d+)/.exec(reason);
    return trouble(
      `It is no JSON: ${reason}.`,
      at === null ? null : text.slice(0, Number(at[1])).split('\n').length,
    );
  }
  const parsed = sampleSchema.safeParse(data);
  if (parsed.success) return parsed.data;
  const lines = issueLines(parsed.error.issues, data, {
    '': ['post', 'site'],
    post: Object.keys(postSchema.shape),
  });
  return trouble(`${lines.join('; ')}.`);
}
