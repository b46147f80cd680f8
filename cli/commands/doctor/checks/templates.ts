/** The templates for rendering here. */
import { openTemplates } from '../../../wiring.ts';
import { failed, failure, ok, softened, withoutConfig } from '../check.ts';
import type { Check } from '../check.ts';

export const templates: Check = {
  name: 'templates',
  title: 'Templates',
  timeoutMs: 30_000,
  async look({ settings, config }) {
    const read = await config().catch(() => null);
    if (read === null) return [withoutConfig('The folder of templates')];
    // With a function, its own templates count.
    const needed = read.function === null ? <T>(fact: T): T => fact : softened;
    try {
      const { all } = await openTemplates(read, settings);
      const names = [...all.keys()];
      const own = read.templates === null ? '' : ` and those in ${read.templates}`;
      const facts = [ok(`Those that come with og-sync${own}: ${names.join(', ')}.`)];
      if (typeof read.template === 'string' && !all.has(read.template))
        facts.push(
          failure(
            `The configuration asks for the template ${JSON.stringify(read.template)}, which is none of them.`,
            `Correct template in the configuration: ${names.join(', ')}.`,
          ),
        );
      return facts.map(needed);
    } catch (error) {
      return [needed(failed(error))];
    }
  },
};
