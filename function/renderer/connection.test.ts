import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Connection } from './connection.ts';

function pair() {
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  const connection = new Connection(toBrowser, fromBrowser);
  const sent = (): { id: number; sessionId?: string }[] =>
    String(toBrowser.read() ?? '')
      .split('\0')
      .filter(Boolean)
      .map((text) => JSON.parse(text) as { id: number });
  return { connection, toBrowser, fromBrowser, sent };
}

describe('a connection to the browser', () => {
  it('puts answers together however the pipe cuts them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string()),
        fc.array(fc.integer({ min: 1, max: 9 })),
        async (values, cuts) => {
          const { connection, fromBrowser, sent } = pair();
          const asked = values.map(async () => connection.send('Runtime.evaluate', { expression: '' }));
          const answers = sent().map(({ id }, index) => JSON.stringify({ id, result: values[index] }));
          let bytes = Buffer.from(answers.map((answer) => `${answer}\0`).join(''));
          for (const cut of cuts) {
            fromBrowser.write(bytes.subarray(0, cut));
            bytes = bytes.subarray(cut);
          }
          fromBrowser.write(bytes);
          expect(await Promise.all(asked)).toEqual(values);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('fails a command that the browser refuses, with its name', async () => {
    const { connection, fromBrowser, sent } = pair();
    const asked = connection.send('Page.enable', undefined);
    fromBrowser.write(`${JSON.stringify({ id: sent()[0]?.id, error: { message: 'no such thing' } })}\0`);
    await expect(asked).rejects.toThrow('Page.enable: no such thing');
  });

  it('gives an event to the page it belongs to', async () => {
    const { connection, fromBrowser } = pair();
    const heard = new Promise((resolve) =>
      connection.listen('a', (method, params) => resolve([method, params])),
    );
    connection.listen('b', () => {
      throw new Error('not for this one');
    });
    fromBrowser.write(`${JSON.stringify({ method: 'x', params: 1, sessionId: 'a' })}\0`);
    expect(await heard).toEqual(['x', 1]);
  });

  it('fails what is under way and what comes later when the pipe closes', async () => {
    const { connection, fromBrowser } = pair();
    const asked = connection.send('Page.enable', undefined);
    fromBrowser.destroy();
    await expect(asked).rejects.toThrow('its pipe was closed');
    await expect(connection.send('Page.enable', undefined)).rejects.toThrow('The browser is gone');
  });
});
