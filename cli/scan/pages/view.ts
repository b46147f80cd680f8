/** The bytes of a page, seen so that markup can be found by byte offset, whatever the encoding. */
import { isUtf8 } from 'node:buffer';
import sniff from 'html-encoding-sniffer';

export interface TextView {
  /** A name of the Encoding Standard, such as "UTF-8" or "Shift_JIS". */
  encoding: string;
  /** The markup, one character a unit. Other than ASCII it is only a placeholder: read words with `decode`. */
  text: string;
  /** Bytes of a unit: 2 in UTF-16, else 1. */
  unit: 1 | 2;
  /** Where the first unit is: bytes of a byte order mark. */
  from: number;
  /** Whether these are all bytes of the page. */
  whole: boolean;
  /** The words between two units. */
  decode(start: number, end: number): string;
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** A UTF-8 character cut off at the end of a part must not make it look like another encoding. */
const LONGEST_CHARACTER = 4;
const OTHER_THAN_ASCII = /[^\0-\x7f]/;

/**
 * Opens the first bytes of a page, or all of them. The encoding is what a browser would take (byte order mark, `<meta charset>`,
 * XML declaration: https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding); where the page does
 * not say, UTF-8 if the bytes are UTF-8, else windows-1252.
 */
export function openView(bytes: Buffer, whole: boolean): TextView {
  const encoding = encodingOf(bytes);
  if (encoding.startsWith('UTF-16')) return wideView(bytes, whole, encoding);
  const from = bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
  const content = bytes.subarray(from);
  const plain = content.toString('latin1');
  const escapes = encoding === 'ISO-2022-JP';
  const text = escapes ? maskEscaped(plain) : plain;
  const decoder = decoderOf(encoding);
  return {
    encoding,
    text,
    unit: 1,
    from,
    whole,
    decode(start, end) {
      // A slice of the text would keep the whole text in memory as long as itself.
      const plain = content.toString('latin1', start, end);
      return escapes || OTHER_THAN_ASCII.test(plain) ? decoder.decode(content.subarray(start, end)) : plain;
    },
  };
}

/** What a browser finds at the start of a page; empty where it finds nothing. */
export function declaredEncoding(bytes: Buffer): string {
  return sniff(bytes, { defaultEncoding: '' });
}

function encodingOf(bytes: Buffer): string {
  const said = declaredEncoding(bytes);
  if (said !== '') return said;
  const end = bytes.length;
  for (let cut = 0; cut < LONGEST_CHARACTER; cut++)
    if (isUtf8(bytes.subarray(0, Math.max(0, end - cut)))) return 'UTF-8';
  return 'windows-1252';
}

/** Decoders are stateless between whole calls, so one of each encoding will do. */
const decoders = new Map<string, TextDecoder>();

function decoderOf(encoding: string): TextDecoder {
  const known = decoders.get(encoding);
  if (known !== undefined) return known;
  // "replacement" is what browsers take for encodings that they refuse to read: no decoder has that name.
  const name = encoding === 'replacement' ? 'windows-1252' : encoding;
  const decoder = new TextDecoder(name, { ignoreBOM: true });
  decoders.set(encoding, decoder);
  return decoder;
}

function wideView(bytes: Buffer, whole: boolean, encoding: string): TextView {
  const mark = encoding === 'UTF-16LE' ? 0xff : 0xfe;
  const from = bytes[0] === mark && bytes[1] === (mark ^ 1) ? 2 : 0;
  const even = bytes.length - ((bytes.length - from) % 2);
  const text = decoderOf(encoding).decode(bytes.subarray(from, even));
  const decode = (start: number, end: number): string => Buffer.from(text.slice(start, end)).toString();
  return { encoding, text, unit: 2, from, whole, decode };
}

/** ISO-2022-JP writes Japanese with the bytes of ASCII, between escape sequences: "<" may be half a character there. */
function maskEscaped(text: string): string {
  return text
    .split('\x1b')
    .map((part, index) =>
      index === 0 || part.startsWith('(B') || part.startsWith('(J') ? part : 'x'.repeat(part.length),
    )
    .join('\x1b');
}

/** Text as bytes of the page's encoding. Only ASCII may be written: every encoding but UTF-16 has the same bytes for it. */
export function encodeAscii(text: string, { encoding }: Pick<TextView, 'encoding'>): Buffer {
  if (!encoding.startsWith('UTF-16')) return Buffer.from(text, 'latin1');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'UTF-16LE' ? bytes : bytes.swap16();
}
