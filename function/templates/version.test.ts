import { expect, test } from 'vitest';
import { version } from './version.ts';

test.each([
  ['Tidewater 4.2: branches that rebase', '4.2'],
  ['Tidewater 4.2 🎉', '4.2'],
  ['Tidewater 4.2 – branches that rebase', '4.2'],
  ['Node.js 24.1.0-rc.2 is out', '24.1.0-rc.2'],
  ['Harbour Desktop 1.64.0 brings streams', '1.64.0'],
  ['npm v11.2 lands today', 'v11.2'],
  ['v1.0.0', 'v1.0.0'],
  ['1.64.0-rc.2', '1.64.0-rc.2'],
  ['Release v2.3.4-beta3', 'v2.3.4-beta3'],
  ['Announcing Tidewater 4.2', '4.2'],
  ['Release notes for Harbour 1.64.0!', '1.64.0'],
  ['What is new in 3.14.', '3.14'],
  ['What’s new in Django 5.1', '5.1'],
  ['新機能：データベース 7.2', '7.2'],
])('the title of a release, %j, has the version %j', (title, shown) => {
  expect(version(title)).toBe(shown);
});

test.each([
  ['Moving from Python 2.7 to 3.12'],
  ['Python 2.7 or 3.12?'],
  ['How I cut my bill by moving to Redis 7.2'],
  ['How we learned to stop worrying about Node 18.3 and love the loop'],
  ['The 3.5-inch floppy'],
  ['Why pi is 3.14'],
  ['A 4.5 star review of my own book'],
  ['Up by 1.5%, and 3 apples'],
  ['Raised $4.5 million'],
  ['HTTP/1.1 explained'],
  ['TLS 1.3 explained'],
  ['At 192.168.1.1 nobody answers the phone any more'],
  ['Costs 1.000,50'],
  ['Nothing'],
  [null],
])('the title %j is about something else', (title) => {
  expect(version(title)).toBe('');
});
