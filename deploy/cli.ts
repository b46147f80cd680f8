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
import type { DeployShell } from './shell.ts';

/** Runs one command. The exit code: 0 done; 1 failed; 2 wrong usage or inputs; 3 AWS refused or unreachable; 130. */
export async function run(argv: readonly string[], shell: DeployShell): Promise<number> {
  let code = 0;
  const program = createProgram(shell, (ended) => void (code = ended ?? 0));
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    shell.err(errorText(error, program.opts<{ verbose?: boolean }>().verbose === true));
    return error instanceof DeployError ? error.exitCode : 1;
  }
}

/** The flags of all verbs, as commander gives them. */
interface Flags {
  json?: boolean;
  skipSmoke?: boolean;
  replace?: string[];
  exitCode?: boolean;
  simulate?: boolean;
  to?: string;
  dryRun?: boolean;
  provider: string;
  guard?: string;
  apply?: boolean;
  allowPrune?: boolean;
}

const JSON_FLAG = ['--json', 'one JSON document on standard output'] as const;
const REPLACE = [
  '--replace <name...>',
  'what may be taken away: the function by its name, or one of its URLs as NAME:QUALIFIER',
] as const;
const SKIP_SMOKE = [
  '--skip-smoke',
  'prove neither the version nor the URL (for emulators: nothing is proven then)',
] as const;
const ALL_VERBS = [
  ['--verbose', 'causes and stack traces of errors'],
  ['--debug-oidc', 'print issuer, audience, subject and expiry of the identity token'],
] as const;

const releasing = ({ json, skipSmoke, replace }: Flags) => ({
  json: json === true,
  proving: skipSmoke !== true,
  replace: replace ?? [],
});

function createProgram(shell: DeployShell, ended: (code: number | void) => void): Command {
  const program = new Command('og-deploy')
    .description('Puts the og-sync function on AWS: prints a plan, applies it, proves it by a rendered card.')
    .version(pkg.version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => shell.out(text), writeErr: (text) => shell.err(text) })
    .hook('preAction', async (root) => {
      if (root.opts<{ debugOidc?: boolean }>().debugOidc === true) await printClaims(shell);
    });
  for (const [flag, about] of ALL_VERBS) program.option(flag, about);

  const verb = (
    name: string,
    description: string,
    flags: readonly (readonly [flag: string, about: string, fallback?: string])[],
    action: (flags: Flags) => Promise<number | void>,
  ): void => {
    const command = program.command(name).description(description);
    for (const [flag, about, fallback] of flags) command.option(flag, about, fallback);
    // A flag of all verbs is understood after the verb too.
    for (const [flag, about] of ALL_VERBS) command.option(flag, about);
    command
      .on('option:verbose', () => program.setOptionValue('verbose', true))
      .on('option:debug-oidc', () => program.setOptionValue('debugOidc', true))
      .action(async (flags: Flags) => ended(await action(flags)));
  };

  verb(
    'plan',
    'print the steps that "up" would take; change nothing',
    [JSON_FLAG, REPLACE, ['--exit-code', 'end with 1 when there are steps to take']],
    ({ json, replace, exitCode }) =>
      plan(shell, { json: json === true, replace: replace ?? [], exitCode: exitCode === true }),
  );
  verb('image', 'make the repository, build the image of this commit, push it', [JSON_FLAG], ({ json }) =>
    image(shell, { json: json === true }),
  );
  verb(
    'release',
    'everything but the image: role, function, tested version, alias, URL, permissions',
    [SKIP_SMOKE, REPLACE, JSON_FLAG],
    (flags) => release(shell, releasing(flags)),
  );
  verb('up', 'image, then release', [SKIP_SMOKE, REPLACE, JSON_FLAG], (flags) => up(shell, releasing(flags)));
  verb(
    'rollback',
    'make an earlier version live again, with the URL that belongs to it',
    [
      ['--to <version>', 'which one (default: the one before)'],
      ['--dry-run', 'print the steps only'],
      SKIP_SMOKE,
      JSON_FLAG,
    ],
    (flags) => rollback(shell, { ...releasing(flags), to: flags.to ?? null, dryRun: flags.dryRun === true }),
  );
  verb(
    'status',
    'what is live',
    [JSON_FLAG, ['--simulate', 'ask IAM what the execution role may do; end with 1 when that is wrong']],
    ({ json, simulate }) => status(shell, { json: json === true, simulate: simulate === true }),
  );
  verb('login', 'print the password for "docker login" to the registry', [], () => login(shell));
  verb(
    'bootstrap',
    'the one-time set-up: identity provider, roles, policies, repositories, bucket',
    [
      ['--provider <name>', 'bitbucket, github or gitlab', 'bitbucket'],
      [
        '--guard <how>',
        'on Bitbucket, what keeps other branches from deploying: deployment-permissions or own-repository',
      ],
      ['--apply', 'make it; without this it is only printed'],
      ['--allow-prune', 'let the role of a blog delete orphans'],
      JSON_FLAG,
    ],
    ({ provider, guard, apply, allowPrune, json }) =>
      bootstrap(shell, {
        provider,
        guard: guard ?? shell.env['OG_GUARD'],
        apply: apply === true,
        allowPrune: allowPrune === true,
        json: json === true,
      }),
  );
  return program;
}
