/** Hosts that a build names by mistake: what they serve is gone tomorrow, or only there on one machine. */

/** The end of a host, what the label before it holds (null: anything), and what the host is. */
const PASSING: readonly (readonly [end: string, label: string | null, what: string])[] = [
  ['localhost', null, 'this machine alone'],
  ...['local', 'test', 'invalid', 'internal', 'lan', 'home.arpa'].map(
    (end) => [end, null, 'a name of a private network'] as const,
  ),
  ['netlify.app', '--', 'a preview of Netlify'],
  ['netlify.live', null, 'a preview of Netlify'],
  ['vercel.app', '-git-', 'a preview of Vercel'],
  ...['ngrok.io', 'ngrok.app', 'ngrok.dev', 'ngrok-free.app', 'ngrok-free.dev'].map(
    (end) => [end, null, 'a tunnel'] as const,
  ),
  ...['trycloudflare.com', 'loca.lt', 'serveo.net'].map((end) => [end, null, 'a tunnel'] as const),
  ...['gitpod.io', 'app.github.dev', 'csb.app', 'webcontainer.io', 'stackblitz.io'].map(
    (end) => [end, null, 'a workspace'] as const,
  ),
];
const HERE = /^(?:0\.0\.0\.0|127(?:\.\d{1,3}){3}|\[::1?\])$/;
const PRIVATE = /^(?:10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2})$/;
const CLOUDFLARE = /^[0-9a-f]{8}\.[^.]{1,63}\.pages\.dev$/;

/** What a host is that is not the site's own, such as "a preview of Netlify"; null for any other. */
export function passingHost(hostname: string): string | null {
  const host = hostname.toLowerCase();
  if (HERE.test(host)) return 'this machine alone';
  if (PRIVATE.test(host)) return 'an address of a private network';
  if (CLOUDFLARE.test(host)) return 'a preview of Cloudflare Pages';
  for (const [end, label, what] of PASSING) {
    if (host === end && label === null) return what;
    if (host.endsWith(`.${end}`) && (label === null || host.slice(0, -end.length).includes(label)))
      return what;
  }
  return null;
}
