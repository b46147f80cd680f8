import { expect, it } from 'vitest';
import { passingHost } from './hosts.ts';

it.each([
  ['localhost', 'this machine alone'],
  ['127.0.0.1', 'this machine alone'],
  ['[::1]', 'this machine alone'],
  ['site.localhost', 'this machine alone'],
  ['192.168.1.7', 'an address of a private network'],
  ['172.20.0.1', 'an address of a private network'],
  ['my-mac.local', 'a name of a private network'],
  ['deploy-preview-12--site.netlify.app', 'a preview of Netlify'],
  ['site-git-main-team.vercel.app', 'a preview of Vercel'],
  ['0a1b2c3d.site.pages.dev', 'a preview of Cloudflare Pages'],
  ['abc.ngrok-free.app', 'a tunnel'],
  ['3000-x.ws-eu1.gitpod.io', 'a workspace'],
  ['site.netlify.app', null],
  ['site.vercel.app', null],
  ['site.pages.dev', null],
  ['blog.example', null],
  ['local.example', null],
  ['172.15.0.1', null],
  ['mylocalhost', null],
])('%s is %s', (host, what) => {
  expect(passingHost(host)).toBe(what);
});
