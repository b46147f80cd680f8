/**
 * Part of the build: a library that a module requires when it first needs it is bundled as those that are imported. The
 * bundler knows `require`, but not one that a module has made for itself, as Node wants it.
 */
import type { Plugin } from 'rolldown';

const OWN = /^const require = createRequire\(import\.meta\.url\);$/m;

export function requires(): Plugin {
  return {
    name: 'requires',
    transform: { filter: { code: OWN }, handler: (code) => code.replace(OWN, '') },
  };
}
