/// <reference lib="dom" />
/** Where the page is, kept in the address after "#", so that Back and reload do what they do everywhere. */
import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { at: 'posts' }
  | { at: 'post'; id: string }
  | { at: 'bench' }
  | { at: 'sample'; template: string; sample: string };

export function hrefOf(route: Route): string {
  switch (route.at) {
    case 'posts':
      return '#/';
    case 'post':
      return `#/post/${encodeURIComponent(route.id)}`;
    case 'bench':
      return '#/bench';
    case 'sample':
      return `#/bench/${encodeURIComponent(route.template)}/${encodeURIComponent(route.sample)}`;
    default:
      return route satisfies never;
  }
}

/** A part of an address that may be broken. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function routeOf(hash: string): Route {
  const [what, ...rest] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  const [first, second] = rest;
  if (what === 'post' && first !== undefined) return { at: 'post', id: first };
  if (what === 'bench' && first !== undefined && second !== undefined)
    return { at: 'sample', template: first, sample: second };
  return what === 'bench' ? { at: 'bench' } : { at: 'posts' };
}

export function go(route: Route): void {
  location.hash = hrefOf(route);
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => routeOf(location.hash));
  useEffect(() => {
    const hear = (): void => {
      const next = routeOf(location.hash);
      setRoute((before) => (hrefOf(before) === hrefOf(next) ? before : next));
    };
    addEventListener('hashchange', hear);
    // It may have changed between the first look and this one.
    hear();
    return () => removeEventListener('hashchange', hear);
  }, []);
  return route;
}
