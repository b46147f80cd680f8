import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipeTransport } from './pipe.ts';

function pair() {
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  return { toBrowser, fromBrowser, transport: new PipeTransport(toBrowser, fromBrowser) };
}

async function end(transport: PipeTransport): Promise<string> {
  return new Promise((resolve) => Object.assign(transport, { onclose: () => resolve('closed') }));
}

describe('the pipe to the browser', () => {
  it('puts messages together however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.json()),
        fc.array(fc.integer({ min: 1, max: 9 })),
        async (messages, cuts) => {
          const { transport, fromBrowser } = pair();
          const heard: string[] = [];
          Object.assign(transport, { onmessage: (message: string) => heard.push(message) });
          let bytes = Buffer.from(messages.map((message) => `${message}\0`).join(''));
          for (const cut of cuts) {
            fromBrowser.write(bytes.subarray(0, cut));
            bytes = bytes.subarray(cut);
          }
          fromBrowser.end(bytes);
          await end(transport);
          expect(heard).toEqual(messages);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('ends each message with a zero byte', () => {
    const { transport, toBrowser } = pair();
    transport.send('{}');
    transport.send('[]');
    expect(String(toBrowser.read())).toBe('{}\0[]\0');
  });

  it('tells once that the browser is gone', async () => {
    const { transport, fromBrowser } = pair();
    const told = end(transport);
    fromBrowser.destroy();
    expect(await told).toBe('closed');
    expect(transport.onclose).toBeUndefined();
  });

  it('tells it too when the browser was gone before anybody listened', async () => {
    const { transport, toBrowser } = pair();
    toBrowser.destroy();
    const told = end(transport);
    transport.send('{}');
    expect(await told).toBe('closed');
  });
});
