/** The package brings no types. Each language is a folder of its own. */
declare module 'hyphen/*' {
  const hyphenator: {
    hyphenateSync(this: void, text: string, options: { hyphenChar: string; minWordLength: number }): string;
  };
  export default hyphenator;
}
