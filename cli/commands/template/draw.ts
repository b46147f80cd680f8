/** A template and what it is tried with → cards drawn by the very way of the function. */
import { checkImages, draw, readJob } from '../../../function/card/card.ts';
import type { Output, Site, Warning } from '../../../function/contract.ts';
import type { Renderer } from '../../../function/renderer/renderer.ts';
import type { Template, Templates } from '../../../function/templates/templates.ts';
import type { Trial } from './sample.ts';

export interface Drawing {
  renderer: Renderer;
  /** Of the configuration. */
  site: Site;
  signal: AbortSignal;
}

/** Throws `FunctionError`. */
export async function drawTrial(
  template: Template,
  trial: Trial,
  { renderer, site, signal, output }: Drawing & { output: Output },
): Promise<{ bytes: Uint8Array; warnings: Warning[] }> {
  const { post } = trial;
  const shown = trial.site ?? site;
  const templates: Templates = {
    all: new Map([[template.name, template]]),
    fonts: { digest: '', installed: {}, missing: async () => [] },
    described: { templates: { [template.name]: { digest: template.digest } }, fonts: {} },
  };
  const job = readJob({ ...post, template: template.name }, { site: shown, output, templates });
  await Promise.all([checkImages(job.post), checkImages(shown)]);
  const { picture, warnings } = await draw(job, { renderer, site: shown, output, signal });
  return { bytes: picture.bytes, warnings };
}
