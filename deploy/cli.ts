/** argv → command. Knows no process: what it reads and writes is handed in. */
import { Command, CommanderError } from 'commander';
import pkg from '../package.json' with { type: 'json' };
import { bootstrap } from './commands/bootstrap.ts';
import { image } from './commands/image.ts';
import { login } from './commands/login.ts';
import { plan } from './commands/plan.ts';
import { release, up } from './commands/release.ts';
import { rollback } from './commands/rollback.ts';
import { status } from './commands/status.ts';
import { DeployError } from './error.ts';
import { errorText } from './print.ts';
import { printClaims } from './shell.ts';
import type { Shell } from './shell.ts';

const JSON_FLAG = ['--json', 'one JSON document on standard output'] as const;
const SKIP_SMOKE = [
  '--skip-smoke',
  'do not test the version (for emulators: nothing is proven then)',
] as const;

/** Runs one command. The exit code: 0 done; 1 failed; 2 wrong usage or inputs; 3 AWS refused or unreachable; 130. */
export async function run(argv: readonly string[], shell: Shell): Promise<number> {
  const program = createProgram(shell);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    shell.err(errorText(error, program.opts<{ verbose?: boolean }>().verbose === true));
    return error instanceof DeployError ? error.exitCode : 1;
  }
}

function createProgram(shell: Shell): Command {
  const program = new Command('og-deploy')
    .description('Puts the og-sync function on AWS: prints a plan, applies it, proves it by a rendered card.')
    .version(pkg.version)
    .option('--verbose', 'causes and stack traces of errors')
    .option('--debug-oidc', 'print issuer, audience, subject and expiry of the identity token')
    .exitOverride()
    .configureOutput({ writeOut: (text) => shell.out(text), writeErr: (text) => shell.err(text) })
    .hook('preAction', async (root) => {
      if (root.opts<{ debugOidc?: boolean }>().debugOidc === true) await printClaims(shell);
    });

  program
    .command('plan')
    .description('print the steps that "up" would take; change nothing')
    .option(...JSON_FLAG)
    .action((options: { json?: boolean }) => plan(shell, { json: options.json === true }));
  program
    .command('image')
    .description('make the repository, build the image of this commit, push it')
    .option(...JSON_FLAG)
    .action((options: { json?: boolean }) => image(shell, { json: options.json === true }));
  addReleases(program, shell);
  program
    .command('status')
    .description('what is live')
    .option(...JSON_FLAG)
    .action((options: { json?: boolean }) => status(shell, { json: options.json === true }));
  program
    .command('login')
    .description('print the password for "docker login" to the registry')
    .action(() => login(shell));
  program
    .command('bootstrap')
    .description('the one-time set-up: identity provider, roles, policies, repositories, bucket')
    .option('--provider <name>', 'bitbucket, github or gitlab', 'bitbucket')
    .option('--apply', 'make it; without this it is only printed')
    .option('--allow-prune', 'let the role of a blog delete orphans')
    .option(...JSON_FLAG)
    .action((options: { provider: string; apply?: boolean; allowPrune?: boolean; json?: boolean }) =>
      bootstrap(shell, {
        provider: options.provider,
        apply: options.apply === true,
        allowPrune: options.allowPrune === true,
        json: options.json === true,
      }),
    );
  // A flag of all verbs is understood after the verb too.
  for (const command of program.commands)
    command
      .option('--verbose', 'causes and stack traces of errors')
      .option('--debug-oidc', 'print issuer, audience, subject and expiry of the identity token')
      .on('option:verbose', () => program.setOptionValue('verbose', true))
      .on('option:debug-oidc', () => program.setOptionValue('debugOidc', true));
  return program;
}

interface ReleaseFlags {
  json?: boolean;
  skipSmoke?: boolean;
}

function addReleases(program: Command, shell: Shell): void {
  const verbs = [
    ['release', 'everything but the image: role, function, tested version, alias, URL, permissions', release],
    ['up', 'image, then release', up],
  ] as const;
  for (const [name, description, action] of verbs)
    program
      .command(name)
      .description(description)
      .option(...SKIP_SMOKE)
      .option(...JSON_FLAG)
      .action((options: ReleaseFlags) =>
        action(shell, { json: options.json === true, smoke: options.skipSmoke !== true }),
      );
  program
    .command('rollback')
    .description('make an earlier version live again')
    .option('--to <version>', 'which one (default: the one before)')
    .option('--dry-run', 'print the steps only')
    .option(...SKIP_SMOKE)
    .option(...JSON_FLAG)
    .action((options: ReleaseFlags & { to?: string; dryRun?: boolean }) =>
      rollback(shell, {
        to: options.to ?? null,
        dryRun: options.dryRun === true,
        json: options.json === true,
        smoke: options.skipSmoke !== true,
      }),
    );
}
