/** What drawing showed → the findings of each template. Pure. */
import type { Warning } from '../../../function/contract.ts';
import type { Timing } from './timing.ts';

/** Why a card could not be drawn, or a sample not be read. */
export interface Trouble {
  code: string;
  message: string;
  hint: string;
  file: string | null;
  line: number | null;
}

/** One card of a template. */
export interface TriedCard {
  /** What it was drawn with, as a person would name it. */
  sample: string;
  /** The name of the output; null where there is one without a name. */
  output: string | null;
  /** The warning that the sample is there to provoke. */
  provokes: string | null;
  outcome: { warnings: readonly Warning[] } | { trouble: Trouble };
}

export interface TemplateFinding extends Trouble {
  severity: 'error' | 'warning';
  /** The cards that have it. */
  cards: { sample: string; output: string | null }[];
}

export interface CheckedTemplate {
  name: string;
  folder: string;
  cards: number;
  /** Null: not measured, since a card could not be drawn. */
  timing: Timing | null;
  findings: TemplateFinding[];
}

export interface TemplatesDocument {
  /** Of og-sync. */
  version: string;
  summary: { templates: number; cards: number; errors: number; warnings: number; durationMs: number };
  /** The template that times are compared with, measured in the same run. */
  baseline: { name: string; timing: Timing } | null;
  templates: CheckedTemplate[];
}

/** Errors first; cards that have the very same one are one finding. */
export function findingsOf(cards: readonly TriedCard[], others: readonly Trouble[]): TemplateFinding[] {
  const findings = new Map<string, TemplateFinding>();
  function add(severity: TemplateFinding['severity'], trouble: Trouble, card: TriedCard | null): void {
    const identity = JSON.stringify([severity, trouble]);
    const known = findings.get(identity) ?? { severity, ...trouble, cards: [] };
    if (card !== null) known.cards.push({ sample: card.sample, output: card.output });
    findings.set(identity, known);
  }
  for (const trouble of others) add(trouble.code === 'unknown_check' ? 'warning' : 'error', trouble, null);
  for (const card of cards) {
    if ('trouble' in card.outcome) {
      add('error', card.outcome.trouble, card);
      continue;
    }
    for (const { code, message } of card.outcome.warnings)
      if (code !== card.provokes) add('warning', { code, message, hint: '', file: null, line: null }, card);
  }
  return [...findings.values()].sort(
    (a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'),
  );
}

export function countOf(findings: readonly TemplateFinding[], severity: TemplateFinding['severity']): number {
  return findings.filter((finding) => finding.severity === severity).length;
}

/** How many times what the baseline takes, by CPU time where it is known. */
export function ratioOf(timing: Timing, baseline: Timing): number {
  return timing.cpuMs !== null && baseline.cpuMs !== null && baseline.cpuMs > 0
    ? timing.cpuMs / baseline.cpuMs
    : timing.ms / baseline.ms;
}
