/** Hosts that a build names by mistake: what they serve is gone tomorrow, or only there on one machine. */

/** Last labels of a host, and what it is. A trailing label matches whole labels only. */
const PASSING: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^(localhost|.*\.localhost|0\.0\.0\.0|127(\.\d{1,3}){3}|\[::1?\])$/, 'this machine alone'],
  [/^(10(\.\d{1,3}){3}|192\.168(\.\d{1,3}){2}|172\.(1[6-9]|2\d|3[01])(\.\d{1,3}){2})$/, 'a private network'],
  [/\.(local|test|invalid|internal|lan|home\.arpa)$/, 'a private network'],
  [/(^|-)-[^.]*\.netlify\.app$|\.netlify\.live$/, 'a preview of Netlify'],
  [/-git-[^.]*\.vercel\.app$|-[a-z0-9]{9}-[^.]*\.vercel\.app$/, 'a preview of Vercel'],
  [/^[0-9a-f]{8}\.[^.]+\.pages\.dev$/, 'a preview of Cloudflare Pages'],
  [/\.(ngrok\.(io|app|dev)|ngrok-free\.(app|dev)|trycloudflare\.com|loca\.lt|serveo\.net)$/, 'a tunnel'],
  [/\.(gitpod\.io|app\.github\.dev|csb\.app|webcontainer\.io|stackblitz\.io)$/, 'a workspace'],
];

/** What a host is that is not the site's own, such as "a preview of Netlify"; null for any other. */
export function passingHost(hostname: string): string | null {
  const host = hostname.toLowerCase();
  return PASSING.find(([pattern]) => pattern.test(host))?.[1] ?? null;
}
