/** Where this package lives and which version it is, the same from source, from the bundle and inside the container. */
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const manifest = fileURLToPath(import.meta.resolve('og-sync/package.json'));

/** Absolute path of the folder that holds package.json, dist/ and templates/. */
export const PACKAGE_ROOT = dirname(manifest);

const { version, engines } = z
  .object({ version: z.string(), engines: z.object({ node: z.string() }) })
  .parse(JSON.parse(readFileSync(manifest, 'utf8')));

export const VERSION = version;

/** Which Node it needs, as package.json says it: `>=22.18`. */
export const NODE_RANGE = engines.node;
