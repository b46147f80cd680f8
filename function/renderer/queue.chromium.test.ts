import { describe, expect, it, onTestFinished } from 'vitest';
import type { RendererOptions } from './index.ts';
import { createRenderer } from './index.ts';
import type { Renderer } from './renderer.ts';
import { cardOf, JPEG, OPTIONS } from './testing/fixture.ts';

function make(options: Partial<RendererOptions>): Renderer {
  const renderer = createRenderer({ ...OPTIONS, ...options });
  onTestFinished(async () => renderer.close());
  return renderer;
}

describe('the queue', () => {
  it('makes every picture of many, of several templates and sizes, through recycles', async () => {
    const renderer = make({ browsers: 2, pagesPerBrowser: 2, recycleAfter: 9 });
    expect(renderer.pages).toBe(4);
    const pictures = await Promise.all(
      Array.from({ length: 60 }, async (_, index) => {
        const { head, body } = cardOf(`Title ${index}`);
        const width = 600 + (index % 2) * 100;
        return renderer.render({ head: `${head}<!--${index % 3}-->`, body }, { ...JPEG, width });
      }),
    );
    for (const [index, { text, width }] of pictures.entries()) {
      expect(text).toContain(`Title ${index}\n`);
      expect(width).toBe(600 + (index % 2) * 100);
    }
  });

  it('drops a picture that is no longer wanted, waiting or under way, and goes on', async () => {
    const renderer = make({ browsers: 1 });
    const controller = new AbortController();
    const ends = [0, 1, 2].map(async (index) => renderer.render(cardOf(`${index}`), JPEG, controller.signal));
    const wanted = renderer.render(cardOf('wanted'), JPEG);
    controller.abort(new Error('not wanted'));
    for (const end of await Promise.allSettled(ends))
      expect(end).toMatchObject({ status: 'rejected', reason: { message: 'not wanted' } });
    expect((await wanted).text).toContain('wanted');
    await expect(renderer.render(cardOf('x'), JPEG, controller.signal)).rejects.toThrow('not wanted');
  });

  it('fails what waits when the renderer is closed, and everything after', async () => {
    const renderer = make({ browsers: 1 });
    await renderer.warm();
    const ends = [0, 1, 2, 3].map(async (index) => renderer.render(cardOf(`${index}`), JPEG));
    const settled = Promise.allSettled(ends);
    await Promise.all([renderer.close(), renderer.close()]);
    for (const end of await settled)
      expect(end).toMatchObject({ status: 'rejected', reason: { code: 'render_failed' } });
    await expect(renderer.render(cardOf('late'), JPEG)).rejects.toThrow('closed');
    await expect(renderer.warm()).rejects.toThrow('closed');
  });

  it('can be closed while a browser is starting', async () => {
    const renderer = make({ browsers: 2 });
    const warming = renderer.warm().catch((error: unknown) => error);
    await renderer.close();
    await warming;
    await expect(renderer.render(cardOf('late'), JPEG)).rejects.toThrow('closed');
  });
});
