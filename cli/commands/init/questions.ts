/** The questions of `init`, on a terminal. */
import { confirm, isCancel, log, note, select, text } from '@clack/prompts';
import type { Colors } from '../../report/colors.ts';
import type { PresetName } from '../../config/preset-names.ts';
import { addressProblem, bucketProblem } from './answers.ts';
import type { Answers } from './answers.ts';
import { GENERATORS } from './generators/generators.ts';
import type { KnownSite } from './site.ts';
import { chooseTemplate } from './template-prompt.ts';

/** The terminal that is asked on. */
export interface Terminal {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  signal: AbortSignal;
  colors: Colors;
}

/** Ctrl-C, or Escape: nothing is written. */
export class Cancelled extends Error {}

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Cancelled('The questions were left.');
  return answer as Exclude<T, symbol>;
}

/** Which generator the site is made with; null: none that is known. */
export async function askGenerator(
  recognised: PresetName | null,
  terminal: Terminal,
): Promise<PresetName | null> {
  const names = Object.values(GENERATORS).map(({ name, label }) => ({ value: name, label }));
  const answer = answered(
    await select<PresetName | 'none'>({
      ...terminal,
      message: 'What makes your site?',
      initialValue: recognised ?? 'none',
      maxItems: 8,
      options: names
        .map(({ value, label }) =>
          value === recognised ? { value, label, hint: 'recognised' } : { value, label },
        )
        .toSorted((one, other) => Number(other.value === recognised) - Number(one.value === recognised))
        .concat([{ value: 'none' as PresetName, label: 'Something else' }]),
    }),
  );
  return answer === 'none' ? null : answer;
}

/** All the rest; `start` is what stands there to be changed. */
export async function askAnswers(site: KnownSite, start: Answers, terminal: Terminal): Promise<Answers> {
  for (const line of site.facts.notes ?? []) log.warn(line, terminal);
  const siteName = answered(
    await text({ ...terminal, message: 'What is the site called?', initialValue: start.siteName ?? '' }),
  );
  const siteUrl = answered(
    await text({
      ...terminal,
      message: 'What is its address?',
      initialValue: start.siteUrl,
      placeholder: 'https://blog.example',
      validate: addressProblem,
    }),
  ).trim();
  const when = answered(
    await select<Answers['when']>({
      ...terminal,
      message: 'When are the cards made?',
      initialValue: start.when,
      options: [
        {
          value: 'after',
          label: 'After the build, from its pages',
          hint: 'og-sync writes the tags: no template is edited',
        },
        {
          value: 'before',
          label: 'Before the build, from the markdown',
          hint: 'your template names the image',
        },
      ],
    }),
  );
  const pages =
    when === 'before'
      ? start.pages
      : answered(
          await text({
            ...terminal,
            message: 'Which folder does the build write to?',
            initialValue: start.pages,
          }),
        ).trim();
  const { store, publicUrl } = await askStore(start, terminal);
  const template = answered(
    await chooseTemplate(
      start.template,
      { site: siteName || 'Your site', host: URL.parse(siteUrl)?.host ?? '' },
      terminal,
    ),
  );
  return { ...start, siteName: siteName.trim() || null, siteUrl, when, pages, store, publicUrl, template };
}

async function askStore(start: Answers, terminal: Terminal): Promise<Pick<Answers, 'store' | 'publicUrl'>> {
  const place = answered(
    await select<'site' | 's3'>({
      ...terminal,
      message: 'Where do the images live?',
      initialValue: start.store?.startsWith('s3://') === true ? 's3' : 'site',
      options: [
        { value: 'site', label: 'In the site itself', hint: 'served like its other files' },
        { value: 's3', label: 'In an S3 bucket', hint: 'nothing is made twice, whatever machine builds' },
      ],
    }),
  );
  if (place === 'site') return { store: null, publicUrl: null };
  const store = answered(
    await text({
      ...terminal,
      message: 'Which bucket?',
      initialValue: start.store ?? '',
      placeholder: 's3://my-bucket/images',
      validate: bucketProblem,
    }),
  ).trim();
  const publicUrl = answered(
    await text({
      ...terminal,
      message: 'From which address are its images served?',
      initialValue: start.publicUrl ?? '',
      placeholder: 'https://images.example',
      validate: addressProblem,
    }),
  ).trim();
  return { store, publicUrl };
}

/** Shows a text and asks whether to go on. */
export async function agreed(
  shown: { title: string; text: string },
  question: { message: string; initialValue: boolean },
  terminal: Terminal,
): Promise<boolean> {
  note(shown.text, shown.title, { ...terminal, format: (line) => line });
  return answered(await confirm({ ...terminal, ...question }));
}
