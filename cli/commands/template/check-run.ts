/** Templates tried with everything: cards drawn and looked at, then measured. */
import pLimit from 'p-limit';
import { VERSION } from '../../../function/package.ts';
import type { Template } from '../../../function/templates/templates.ts';
import type { ConfiguredOutput } from '../../config/outputs.ts';
import { troubleOf } from '../../preview/trouble.ts';
import { cpuTime } from './cpu.ts';
import { drawTrial } from './draw.ts';
import type { Drawing } from './draw.ts';
import { countOf, findingsOf } from './findings.ts';
import type { CheckedTemplate, TemplatesDocument, TriedCard } from './findings.ts';
import { SAMPLES } from '../../preview/samples.ts';
import { unknownChecks } from './lint-off.ts';
import { trialsOf } from './sample.ts';
import type { Trial } from './sample.ts';
import { measure } from './timing.ts';
import type { Measured } from './timing.ts';

/** A picture of a template, for a person to look at. */
export interface Shot {
  template: string;
  /** Of the sample. */
  id: string;
  output: ConfiguredOutput;
  bytes: Uint8Array;
}

export interface CheckOptions extends Drawing {
  templates: readonly Template[];
  outputs: readonly ConfiguredOutput[];
  /** What times are compared with. */
  baseline: Template;
  /** A template's folder as a person would write it. */
  shown: (template: Template) => string;
  onPicture: (shot: Shot) => Promise<void>;
  clock: () => number;
}

/** Rejects with the signal's reason; what is wrong with a template is a finding. */
export async function checkTemplates(options: CheckOptions): Promise<TemplatesDocument> {
  const startedAt = options.clock();
  const checked: CheckedTemplate[] = [];
  for (const template of options.templates) checked.push(await tryTemplate(template, options));
  const baseline = await timeAll(checked, options);
  const sum = (of: (template: CheckedTemplate) => number) =>
    checked.reduce((total, one) => total + of(one), 0);
  return {
    version: VERSION,
    summary: {
      templates: checked.length,
      cards: sum(({ cards }) => cards),
      errors: sum(({ findings }) => countOf(findings, 'error')),
      warnings: sum(({ findings }) => countOf(findings, 'warning')),
      durationMs: Math.round(options.clock() - startedAt),
    },
    baseline,
    templates: checked,
  };
}

async function tryTemplate(template: Template, options: CheckOptions): Promise<CheckedTemplate> {
  const { renderer, outputs, shown, onPicture } = options;
  const folder = shown(template);
  const { trials, trouble } = await trialsOf(template.folder, folder);
  const limit = pLimit(renderer.pages);
  const work = trials.flatMap((trial) => outputs.map((output) => ({ trial, output })));
  const cards = await Promise.all(
    work.map(({ trial, output }) =>
      limit(async (): Promise<TriedCard> => {
        const { outcome, bytes } = await tried(template, trial, output, options);
        if (bytes !== null) await onPicture({ template: template.name, id: trial.id, output, bytes });
        return { sample: trial.label, output: output.name, provokes: trial.provokes ?? null, outcome };
      }),
    ),
  );
  const others = await unknownChecks(template.folder, folder);
  const findings = findingsOf(cards, trouble === null ? others : [trouble, ...others]);
  return { name: template.name, folder, cards: cards.length, timing: null, findings };
}

async function tried(
  template: Template,
  trial: Trial,
  { output }: ConfiguredOutput,
  options: CheckOptions,
): Promise<{ outcome: TriedCard['outcome']; bytes: Uint8Array | null }> {
  const { signal, shown } = options;
  signal.throwIfAborted();
  try {
    const { bytes, warnings } = await drawTrial(template, trial, { ...options, output });
    return { outcome: { warnings }, bytes };
  } catch (error) {
    signal.throwIfAborted();
    return { outcome: { trouble: troubleOf(error, shown(template)) }, bytes: null };
  }
}

/** Measures what could be drawn; the timings are put where they belong. */
async function timeAll(
  checked: readonly CheckedTemplate[],
  options: CheckOptions,
): Promise<TemplatesDocument['baseline']> {
  const { templates, baseline } = options;
  const sound = checked.filter(({ findings }) =>
    findings.every(({ cards, severity }) => severity === 'warning' || cards.length === 0),
  );
  if (sound.length === 0) return null;
  const named = new Map(templates.map((template) => [template.name, template]));
  const others = sound.filter(({ name }) => named.get(name)?.folder !== baseline.folder);
  const subjects = [baseline, ...others.map(({ name }) => named.get(name) ?? baseline)];
  const [first, ...rest] = await measure(
    subjects.map((template) => measured(template, options)),
    cpuTime,
  );
  if (first === undefined) return null;
  for (const one of sound) one.timing = rest[others.indexOf(one)] ?? first;
  return { name: baseline.name, timing: first };
}

/** Titles of usual lengths, in two scripts, and a picture: what most cards are. */
const TIMED = SAMPLES.filter(({ id }) => ['3', '60', '160', 'ja', 'cover'].includes(id));

function measured(template: Template, options: CheckOptions): Measured {
  const { outputs, clock, signal } = options;
  const one = async (trial: Trial): Promise<void> => {
    signal.throwIfAborted();
    const [output] = outputs;
    if (output !== undefined) await drawTrial(template, trial, { ...options, output: output.output });
  };
  return {
    async warm() {
      for (const trial of TIMED.slice(0, 1)) await one(trial);
    },
    async draw(onCard) {
      for (const trial of TIMED) {
        const startedAt = clock();
        await one(trial);
        onCard(clock() - startedAt);
      }
    },
  };
}
