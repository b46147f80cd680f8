/** The choice of a template: the one under the cursor is drawn below the list. */
import { SelectPrompt } from '@clack/core';
import { S_BAR, S_BAR_END, S_RADIO_ACTIVE, S_RADIO_INACTIVE, symbol } from '@clack/prompts';
import type { Terminal } from './questions.ts';
import { sketch, SKETCHES } from './sketch.ts';
import type { Sketched } from './sketch.ts';

/** Cells of a line that are the prompt's own. */
const FRAME = 8;

/** Resolves to the name of a template, or to the library's sign that the question was left. */
export async function chooseTemplate(
  first: string,
  said: Sketched,
  { input, output, signal, colors }: Terminal,
): Promise<string | symbol> {
  const options = Object.entries(SKETCHES).map(([value, hint]) => ({ value, hint }));
  const bar = colors.gray(S_BAR);
  const answer = await new SelectPrompt({
    input,
    output,
    signal,
    options,
    initialValue: Object.hasOwn(SKETCHES, first) ? first : 'default',
    render() {
      const head = `${bar}\n${symbol(this.state)}  Which template?`;
      const chosen = options[this.cursor]?.value ?? '';
      if (this.state === 'submit' || this.state === 'cancel') return `${head}\n${bar}  ${colors.dim(chosen)}`;
      const list = options.map(({ value, hint }) => {
        if (value !== chosen) return `${colors.dim(S_RADIO_INACTIVE)} ${colors.dim(value)}`;
        const fits = value.length + hint.length + FRAME < output.columns;
        return `${colors.green(S_RADIO_ACTIVE)} ${value}${fits ? colors.dim(` (${hint})`) : ''}`;
      });
      const drawn = sketch(chosen, said, { colors, columns: output.columns - 4 });
      return [
        head,
        ...[...list, ...drawn].map((line) => `${colors.cyan(S_BAR)}  ${line}`),
        colors.cyan(S_BAR_END),
      ].join('\n');
    },
  }).prompt();
  return answer ?? chosenNothing;
}

/** The prompt ends without a value when its input ends. */
const chosenNothing = Symbol('nothing was chosen');
