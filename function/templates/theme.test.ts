import { describe, expect, test } from 'vitest';
import type { Site } from '../contract.ts';
import { siteSchema } from '../contract.ts';
import { lightnessOf, themeProperties } from './theme.ts';

test.each([
  ['#000', 0],
  ['white', 1],
  ['navy', 0.27],
  ['oklch(0.4 0.1 200)', 0.4],
  ['hsl(50 100% 50%)', 0.89],
])('%s has a lightness of %d', (colour, lightness) => {
  expect(lightnessOf(colour)).toBeCloseTo(lightness, 1);
});

test('what is no colour has no lightness', () => {
  expect([lightnessOf('blurple'), lightnessOf('')]).toEqual([null, null]);
});

function themed(background: string, scheme: string, text: string, accent?: string, glow?: string) {
  return {
    '--background': background,
    '--scheme': scheme,
    '--text': text,
    ...(accent !== undefined && { '--accent': accent }),
    ...(glow !== undefined && { '--glow': glow }),
  };
}

describe('the properties', () => {
  test.each<[Site, Record<string, string>]>([
    [{}, {}],
    [
      { accent: 'red', colors: { background: '#123', glow: 'gold' } },
      themed('#123', 'dark', '#f4f2ee', 'red', 'gold'),
    ],
    [{ theme: { accent: 'blue' }, accent: 'red' }, { '--accent': 'blue' }],
    [{ theme: { mode: 'dark' } }, { '--scheme': 'dark' }],
    [{ theme: { background: '#fffbe6' } }, themed('#fffbe6', 'light', '#171614')],
    [{ theme: { background: '#101820' } }, themed('#101820', 'dark', '#f4f2ee')],
    [{ theme: { background: '#101820', text: '#eee' } }, themed('#101820', 'dark', '#eee')],
    [{ theme: { background: '#fff', mode: 'dark' } }, themed('#fff', 'dark', '#171614')],
    [{ theme: { text: '#eee' } }, { '--text': '#eee', '--scheme': 'dark' }],
    [{ theme: { font: 'A "b" <c>' } }, { '--font': String.raw`"A \"b\" \3c c>"` }],
    [{ theme: { logo: 'end' } }, { '--logo-order': '1', '--logo-margin': 'auto' }],
    [{ theme: { logo: 'start' } }, {}],
  ])('of %j are %j', (site, properties) => {
    expect(themeProperties(site)).toEqual(properties);
  });
});

test.each([
  [{ accent: 'url(x)' }, 'theme.accent must be a CSS colour'],
  [{ mode: 'dim' }, 'theme.mode must be "light" or "dark"'],
  [{ logo: 'left' }, 'theme.logo must be "start", "end" or "none"'],
  [{ colour: 'red' }, 'theme Unrecognized key'],
  ['dark', 'theme must be an object'],
])('%j is refused', (theme, message) => {
  const { error } = siteSchema.safeParse({ theme });
  expect(error?.issues.map(({ path, message: text }) => `${path.join('.')} ${text}`).join()).toContain(
    message,
  );
});
