/** Fonts → what Chromium can use (a private fontconfig), and which characters they cover. */

export interface Fonts {
  /** sha256 over every font that any template may use. */
  readonly digest: string;
  /** Path of a fontconfig file that names our fonts and no other; prepared on first call, then cached on disk. */
  fontconfig(): Promise<string>;
  /** The characters of a text that no shared font can draw, each once, in order of appearance. */
  missing(text: string): Promise<string[]>;
}
