/** What a release ends with: where it is, what runs there, and what a blog's build needs to use it. */
import { table } from '../print.ts';
import type { Proof } from '../apply/smoke.ts';

export interface CommandOutcome {
  account: string;
  region: string;
  /** By digest. */
  image: string;
  version: string | null;
  url: string | null;
  auth: 'iam' | 'token' | 'none';
  store: string;
  callerRole: string;
  /** null: this run tested nothing. */
  proof: Proof | null;
  /** Steps taken; 0 when everything was as wanted. */
  steps: number;
}

export function outcomeText(outcome: CommandOutcome): string {
  const { account, region, image, version, url, proof } = outcome;
  const rows: [string, string][] = [
    ['account', account],
    ['region', region],
    ['image', image],
    ['version', version ?? '(none)'],
    ['url', url ?? '(none)'],
  ];
  if (proof !== null) rows.push(['smoke test', proofText(proof)]);
  return `Live:\n${table(rows)}\nIn the build of a blog:\n${buildLines(outcome)}`;
}

export function proofText({ bytes, width, height, renderMs }: Proof): string {
  return `a card of ${bytes} bytes, ${width}×${height}, rendered in ${Math.round(renderMs)} ms`;
}

/** The variables that the example pipelines of a blog read, and the line that uses them. */
function buildLines({ region, url, auth, store, callerRole }: CommandOutcome): string {
  const [bucket = '', ...prefix] = store
    .replace(/^s3:\/\//, '')
    .replace(/\/$/, '')
    .split('/');
  const lines = [
    `export AWS_REGION=${region}`,
    `export AWS_ROLE_ARN=${callerRole}`,
    `export OG_FUNCTION_URL=${url}`,
    `export OG_BUCKET=${bucket}`,
    `export OG_PREFIX=${prefix.join('/')}`,
  ];
  if (auth === 'token')
    lines.push('export OG_FUNCTION_TOKEN=…   (a secret variable: the OG_TOKEN of this release)');
  lines.push(`npx og-sync --store "s3://$OG_BUCKET/$OG_PREFIX"${auth === 'iam' ? '' : ` --auth ${auth}`}`);
  return lines.map((line) => `  ${line}\n`).join('');
}
