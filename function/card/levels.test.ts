import { expect, test } from 'vitest';
import { isWarning, outputSchema } from '../contract.ts';
import type { CardFinding, Renderer } from '../renderer/renderer.ts';
import type { Template } from '../templates/templates.ts';
import { draw } from './card.ts';

const post = { slug: 'a', title: 'A title that is long', description: 'Words: « more » words, and so on' };

function cut(text: string): CardFinding {
  return { code: 'text_cut', message: 'does not fit', text };
}

async function levels(...findings: CardFinding[]): Promise<(string | undefined)[]> {
  const picture = {
    bytes: new Uint8Array(),
    width: 1,
    height: 1,
    quality: 90,
    renderMs: 1,
    findings,
    text: '',
    found: [],
  };
  const renderer = { render: async () => picture } as unknown as Renderer;
  const template = {
    name: 't',
    digest: '',
    render: async () => ({ head: '', body: '' }),
    missing: async () => [],
  };
  const job = {
    post,
    template: template as unknown as Template,
    key: 'a.jpg',
    fingerprint: '',
    installed: {},
  };
  const { warnings } = await draw(job, { renderer, site: {}, output: outputSchema.parse({}) });
  return warnings.map((warning) => `${warning.level} ${isWarning(warning)}`);
}

test('a description that is cut is information, whatever spaces its card has; a title is a warning', async () => {
  expect(
    await levels(
      cut('Words:\u00a0«\u00a0more\u00a0» wo\u00adrds, and so\u00a0on'),
      cut('Words: « more »'),
      cut('A title that is\u00a0long'),
      cut('Something else'),
      { code: 'overflow', message: 'reaches over', text: post.description },
      { code: 'over_budget', message: 'is too heavy' },
    ),
  ).toEqual(['info false', 'info false', ...Array.from({ length: 4 }, () => 'undefined true')]);
});
