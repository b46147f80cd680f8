declare module 'html-encoding-sniffer' {
  /** The name of the encoding, `defaultEncoding` where the bytes do not say. */
  export default function sniff(
    bytes: Uint8Array,
    options?: { xml?: boolean; defaultEncoding?: string },
  ): string;
}
