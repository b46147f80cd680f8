/** All checks, in the order they are printed. To add one: a file beside this one, and a line here. */
import type { Check } from '../check.ts';
import { browser } from './browser.ts';
import { cache } from './cache.ts';
import { ci } from './ci.ts';
import { config } from './config.ts';
import { fonts } from './fonts.ts';
import { functionUrl } from './function.ts';
import { node } from './node.ts';
import { platform } from './platform.ts';
import { store } from './store.ts';
import { templates } from './templates.ts';

export const CHECKS: readonly Check[] = [
  node,
  platform,
  browser,
  fonts,
  templates,
  cache,
  config,
  store,
  functionUrl,
  ci,
];
