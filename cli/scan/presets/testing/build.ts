/**
 * Builds a site with its own generator, in a copy below `out/generators`. As a program it prints the built folder:
 * `node cli/scan/presets/testing/build.ts hugo`.
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SITES, sourceOf } from './sites.ts';
import type { TestSite } from './sites.ts';

const run = promisify(execFile);
const WORK = fileURLToPath(new URL('../../../../out/generators', import.meta.url));
const INSTALLED = new Set(['node_modules', 'package-lock.json']);
/** Nothing of a test runner's environment: some generators build other pages when they think they are tested. */
export const ENVIRONMENT = {
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  LC_ALL: 'C.UTF-8',
  ASTRO_TELEMETRY_DISABLED: '1',
  DOCUSAURUS_UPDATE_NOTIFIER_DISABLED: '1',
  NODE_ENV: 'production',
};

/** Where a site was copied to, and where its generator put the pages. */
export interface Built {
  root: string;
  folder: string;
}

/**
 * Copies, changes the copy as `change` says, installs what its package.json names, builds. Throws what the generator says
 * when it fails.
 */
export async function buildSite(name: string, change?: (root: string) => Promise<void>): Promise<Built> {
  const built = await prepareSite(name, change);
  await runBuild(name, built);
  return built;
}

/** Everything but the build itself. `place`: the name of the copy. */
export async function prepareSite(
  name: string,
  change?: (root: string) => Promise<void>,
  place = name,
): Promise<Built> {
  const site = siteNamed(name);
  const root = join(WORK, place);
  await copyOf(name, root);
  await change?.(root);
  const packages = site.packagesOf === undefined ? root : join(WORK, site.packagesOf);
  if (site.packagesOf !== undefined) {
    await copyOf(site.packagesOf, packages);
    await symlink(join(packages, 'node_modules'), join(root, 'node_modules'));
  }
  if ((await readdir(packages)).includes('package.json'))
    await run('npm', ['install', '--no-audit', '--no-fund', '--include=dev'], { cwd: packages });
  return { root, folder: join(root, 'BUILT') };
}

/** Builds a site that is prepared. Resolves to what the generator said. */
export async function runBuild(name: string, { root, folder }: Built): Promise<string> {
  const [program = '', ...args] = siteNamed(name).command.map((word) => word.replace('BUILT', folder));
  const { stdout, stderr } = await run(program, args, { cwd: root, env: ENVIRONMENT, maxBuffer: 1e8 });
  return stdout + stderr;
}

function siteNamed(name: string): TestSite {
  const site = SITES[name];
  if (site !== undefined) return site;
  throw new Error(`There is no site ${name}; there are ${Object.keys(SITES).join(', ')}.`);
}

/** The site as it is in the repository, its installed packages kept. */
async function copyOf(name: string, root: string): Promise<void> {
  await mkdir(root, { recursive: true });
  const shared = SITES[name]?.packagesOf !== undefined;
  for (const entry of await readdir(root))
    if (shared || !INSTALLED.has(entry)) await rm(join(root, entry), { recursive: true });
  await cp(sourceOf(name), root, { recursive: true });
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url))
  for (const name of process.argv.slice(2)) process.stdout.write(`${(await buildSite(name)).folder}\n`);
