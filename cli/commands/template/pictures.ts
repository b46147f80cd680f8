/** The pictures of `template check --out`, as files. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../../../function/disk/whole.ts';
import { CliError } from '../../errors.ts';
import type { Shot } from './check-run.ts';

/** `<template>/<sample>[-<output>].<ext>` below a folder. Throws `CliError` `unwritable`. */
export async function writePicture(folder: string, { template, id, output, bytes }: Shot): Promise<void> {
  const ending = output.output.format === 'jpeg' ? 'jpg' : output.output.format;
  const file = join(folder, template, `${id}${output.name === null ? '' : `-${output.name}`}.${ending}`);
  try {
    await mkdir(join(folder, template), { recursive: true });
    await writeWhole(file, bytes);
  } catch (cause) {
    throw new CliError(
      'unwritable',
      `${file} cannot be written: ${(cause as Error).message}.`,
      'Name a folder that can be written with --out.',
      { cause },
    );
  }
}
