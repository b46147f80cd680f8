import { describe, expect, test } from 'vitest';
import { createApp } from '../../function/app.ts';
import { FunctionError } from '../../function/contract.ts';
import { fakeRenderer, fakeTemplates, memoryStore } from '../../function/testing/fakes.ts';
import { items, sendItems } from '../testing/dispatch.ts';
import { createLocalDispatch } from './local.ts';

/** The real app in this process; only Chromium is replaced, and the store is in memory. */
function local(
  fault: { before?: (title: string) => void; put?: (key: string) => void; warm?: () => void } = {},
) {
  const renderer = fakeRenderer(fault.before);
  const store = memoryStore(({ key }) => fault.put?.(key));
  const app = createApp({ renderer, store, templates: fakeTemplates(), log: () => {} });
  const life = { started: 0, closed: 0 };
  const dispatch = createLocalDispatch({
    describe: () => app.describe(),
    renderer: async () => {
      life.started += 1;
      return { warm: async () => fault.warm?.(), close: async () => void (life.closed += 1) };
    },
    app: async () => app,
    isEmpty: async () => store.images.size === 0,
    batch: 4,
  });
  return { dispatch, renderer, store, life };
}

test('makes every picture, each once', async () => {
  const { dispatch, renderer, store } = local();
  const { stored, error } = await sendItems(dispatch, await items(dispatch, 30));
  expect(error).toBeNull();
  expect(stored).toHaveLength(30);
  expect(renderer.rendered).toBe(30);
  expect(store.images.size).toBe(30);
});

test('starts nothing when there is nothing to do, and one thing when there is', async () => {
  const { dispatch, life } = local();
  const todo = await items(dispatch, 9);
  await sendItems(dispatch, []);
  await dispatch.close();
  expect(life).toEqual({ started: 0, closed: 0 });
  await sendItems(dispatch, todo);
  await dispatch.close();
  expect(life).toEqual({ started: 1, closed: 1 });
});

describe('a browser that will surely be needed', () => {
  test('starts ahead when nothing is stored yet, and once', async () => {
    const { dispatch, life, store } = local();
    await dispatch.warm?.();
    expect(life.started).toBe(1);
    await sendItems(dispatch, await items(dispatch, 3));
    await dispatch.close();
    expect(life).toEqual({ started: 1, closed: 1 });
    expect(store.images.size).toBe(3);
  });

  test('does not start when images are there', async () => {
    const { dispatch, life, store } = local();
    const image = { key: 'a.jpg', bytes: new Uint8Array(1), fingerprint: '0', immutable: false };
    store.images.set(image.key, { ...image, contentType: 'image/jpeg' });
    await dispatch.warm?.();
    await dispatch.close();
    expect(life).toEqual({ started: 0, closed: 0 });
  });

  test('is ended by a close that comes while it starts', async () => {
    const { dispatch, life } = local();
    const warming = dispatch.warm?.();
    await warming;
    await dispatch.close();
    expect(life).toEqual({ started: 1, closed: 1 });
  });

  test('and does not start, is reported when a picture needs it', async () => {
    const { dispatch } = local({
      warm: () => {
        throw new FunctionError('browser_unavailable', 'It did not start.', '');
      },
    });
    await dispatch.warm?.();
    const { error } = await sendItems(dispatch, await items(dispatch, 2));
    expect(error).toMatchObject({ code: 'browser_unavailable' });
  });
});

test('a post that fails is a result; the others are stored', async () => {
  const { dispatch } = local({
    before: (title) => {
      if (title === 'post 5') throw new FunctionError('render_failed', 'It broke.', '');
    },
  });
  const { stored, failed, error } = await sendItems(dispatch, await items(dispatch, 12));
  expect(error).toBeNull();
  expect(stored).toHaveLength(11);
  expect(failed).toEqual(['p5']);
});

describe('what no other batch could escape ends the run', () => {
  test('a store that refuses', async () => {
    const { dispatch, renderer } = local({
      put: () => {
        throw new FunctionError('store_refused', 'The folder is read-only.', '');
      },
    });
    const { error, failed } = await sendItems(dispatch, await items(dispatch, 100));
    expect(error).toMatchObject({ code: 'store_refused', exitCode: 3 });
    expect(String(error)).toContain('read-only');
    expect(failed).toEqual([]);
    expect(renderer.rendered).toBeLessThan(20);
  });

  test('a browser that does not start: reported once, whatever waits for it', async () => {
    const missing = new FunctionError('browser_unavailable', 'No browser.', 'Install one.');
    const { dispatch, store } = local({
      warm: () => {
        throw missing;
      },
      before: () => {
        throw missing;
      },
    });
    const { error, failed } = await sendItems(dispatch, await items(dispatch, 100));
    expect(error).toBe(missing);
    expect(failed).toEqual([]);
    expect(store.images.size).toBe(0);
  });

  test('a browser that dies and does not start again', async () => {
    let drawn = 0;
    const { dispatch, renderer } = local({
      before: () => {
        drawn += 1;
        if (drawn > 10) throw new FunctionError('browser_unavailable', 'No browser.', 'Give it memory.');
      },
    });
    const { error, stored, failed } = await sendItems(dispatch, await items(dispatch, 100));
    expect(error).toMatchObject({
      code: 'browser_unavailable',
      hint: expect.stringContaining('CHROME_PATH') as string,
    });
    expect(stored).toHaveLength(10);
    expect(failed.length).toBeLessThan(4);
    expect(renderer.rendered).toBeLessThan(30);
  });
});

test('after a stop the batches in flight are finished and no other is begun', async () => {
  const stop = new AbortController();
  const { dispatch, renderer } = local();
  const { stored, error } = await sendItems(dispatch, await items(dispatch, 200), {
    signal: stop.signal,
    onResult: () => stop.abort(),
  });
  expect(error).toBeNull();
  expect(stored.length).toBe(renderer.rendered);
  expect(stored.length).toBeLessThan(40);
});
