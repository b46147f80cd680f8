/**
 * Part of the build: hyphenation patterns, compressed. As the JavaScript that they are published as they take nine times the
 * room, and twice the time to load.
 */
import { createRequire } from 'node:module';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'rolldown';

const PATTERNS = /[/\\]hyphen[/\\]patterns[/\\][\w-]+\.js$/;
const require = createRequire(import.meta.url);
/** The highest quality saves a sixth more and takes seven seconds of each build. */
const OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** A language stays a chunk of its own, which is loaded when one of its words is to be broken. */
export function patterns(): Plugin {
  return {
    name: 'patterns',
    load: {
      filter: { id: PATTERNS },
      handler(id) {
        const packed = brotliCompressSync(JSON.stringify(require(id)), OPTIONS).toString('base64');
        return `const { brotliDecompressSync } = require('node:zlib');
module.exports = JSON.parse(brotliDecompressSync(Buffer.from('${packed}', 'base64')).toString());`;
      },
    },
  };
}
