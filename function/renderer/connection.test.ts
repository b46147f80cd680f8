import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PipeTransport } from './connection.ts';

function pair() {
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  const transport = new PipeTransport(toBrowser, fromBrowser);
  const heard: string[] = [];
  Object.assign(transport, { onmessage: (message: string) => heard.push(message) });
  return { transport, toBrowser, fromBrowser, heard };
}

describe('the pipe to the browser', () => {
  it('puts messages together however they are cut', async () => {
    const message = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    const cuts = fc.array(fc.integer({ min: 1, max: 9 }));
    await fc.assert(
      fc.asyncProperty(fc.array(message), cuts, async (messages, lengths) => {
        const { fromBrowser, heard } = pair();
        let bytes = Buffer.from(messages.map((text) => `${text}\0`).join(''));
        for (const length of lengths) {
          fromBrowser.write(bytes.subarray(0, length));
          bytes = bytes.subarray(length);
        }
        fromBrowser.end(bytes);
        await new Promise((resolve) => fromBrowser.once('end', resolve));
        expect(heard).toEqual(messages);
      }),
      { numRuns: 50 },
    );
  });

  it('ends each message with a zero byte', () => {
    const { transport, toBrowser } = pair();
    transport.send('{"id":1}');
    expect(String(toBrowser.read())).toBe('{"id":1}\0');
  });

  it('tells once that it was closed, whichever end broke', async () => {
    const { transport, toBrowser, fromBrowser } = pair();
    let closed = 0;
    const told = new Promise<void>((resolve) => {
      const onclose = () => {
        closed += 1;
        resolve();
      };
      Object.assign(transport, { onclose });
    });
    fromBrowser.destroy();
    toBrowser.destroy(new Error('EPIPE'));
    await told;
    transport.close();
    expect(closed).toBe(1);
  });
});
