import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeColour } from '../text/colour.ts';
import { colourProperties } from './colours.ts';

test.each([
  '#fff',
  '#FFAA00cc',
  'rebeccapurple',
  'rgb(1 2 3 / 50%)',
  'rgba(1,2,3,.5)',
  'hsl(120deg 50% 50%)',
  'oklch(0.7 0.2 -40)',
  'color(display-p3 1 0 0)',
  ' tomato ',
])('%s is a colour', (colour) => {
  expect(safeColour(colour)).toBe(colour.trim());
});

test.each([
  'red;background:url(https://x.example)',
  'url(x)',
  'var(--x)',
  'rgb(1,2,3);}',
  '#12',
  'expression(alert(1))',
  'rgb(url(x))',
  '</style>',
  'a b',
  '',
  7,
  null,
  ['red'],
])('%j is none', (value) => {
  expect(safeColour(value)).toBeNull();
});

test('nothing that is let through can leave its declaration', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, after) => {
      for (const value of [before, `rgb(${before}`, `rgb(${before})`, `#fff${after}`, `red${after}`])
        expect(safeColour(value) ?? '').not.toMatch(/[;{}<>"'\\]|url|var/i);
    }),
  );
});

test('the colours of a site become custom properties; what is no colour or no name is left out', () => {
  expect(
    colourProperties({
      accent: '#f40',
      colors: { accent: 'blue', background: 'white', text: 'no; colour', 'x}y': 'red', Ink: '#111' },
    }),
  ).toEqual({ '--accent': '#f40', '--background': 'white', '--Ink': '#111' });
  expect(colourProperties({ colors: ['red'] })).toEqual({});
});
