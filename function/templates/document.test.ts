import { expect, test } from 'vitest';
import { outputSchema } from '../contract.ts';
import { rootCss, styleElement, textOfHtml, textOfCss } from './document.ts';

test('the text of a card has its entities decoded, and neither styles nor data', () => {
  const html =
    '<style>a{content:"あ"}</style><!-- い --><p title="う">A&amp;B &#x3042;&#12356;&lt;</p><img src="data:x,お">';
  expect(textOfHtml(html).replaceAll(/\s+/g, ' ').trim()).toBe('A&B あい<');
});

test('an entity that is none is read as a browser reads it', () => {
  expect(textOfHtml('&nosuch; &#x110000; &rarr; &hellip; &')).toBe('&nosuch; \ufffd → … &');
});

test('a style element cannot be ended by its content', () => {
  expect(styleElement('a{content:"</style><b>"}')).toBe(String.raw`<style>a{content:"<\/style><b>"}</style>`);
});

test('size, unit and colours of the site are custom properties', () => {
  const output = outputSchema.parse({ width: 600, height: 315 });
  expect(rootCss({ accent: '#f40', colors: { text: 'red;x:y' } }, output)).toBe(
    ':root{--accent:#f40;--width:600px;--height:315px;--u:0.5px}',
  );
});

test('what a style sheet shows has its escapes resolved', () => {
  expect(textOfCss(String.raw`a::after{content:'\2192 x\1F680'} b{content:'\110000'}`)).toBe(
    String.raw`a::after{content:'→x🚀'} b{content:'\110000'}`,
  );
});
