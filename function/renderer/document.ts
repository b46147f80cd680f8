/** The shell around a card: what every document has before a template's own head. */

/** Data inside the document is all there is: nothing may be fetched, framed, submitted or run. */
const POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * The body is the card. What moves would give a picture that depends on when it was taken. Everything can be hit, so that
 * the page can be asked what lies over what.
 */
const BASE = `html,body{margin:0;width:100vw;height:100vh;overflow:hidden}
*,*::before,*::after{pointer-events:auto!important;animation:none!important;transition:none!important;caret-color:transparent!important}`;

/** A document with an empty body for all cards that share this head. */
export function documentOf(head: string): string {
  return `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"><style>${BASE}</style>${head}</head><body></body></html>`;
}
