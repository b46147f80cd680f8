/** The function: reachable, of this version, with these templates, by the same clock. */
import type { Description } from '../../../../function/contract.ts';
import { VERSION } from '../../../../function/package.ts';
import type { Config } from '../../../config/config.ts';
import { unreachable } from '../../../dispatch/next-sends.ts';
import { formatMs } from '../../../report/format.ts';
import { openStoreAt, openTemplates } from '../../../wiring.ts';
import { failed, failure, ok, warning, withoutConfig } from '../check.ts';
import type { Check, Fact, Subject } from '../check.ts';
import type { FunctionAnswer } from '../function-answer.ts';

export const functionUrl: Check = {
  name: 'function',
  title: 'Function',
  timeoutMs: 60_000,
  async look(subject) {
    const config = await subject.config().catch(() => null);
    if (config === null) return [withoutConfig('The function')];
    const { function: url } = config;
    if (url === null) return [ok('None is configured: images are rendered here.')];
    const answer = await subject
      .askFunction({ ...config, function: url })
      .catch((error: unknown) => failed(error, { reach: true }));
    if ('sign' in answer) return [answer];
    const { outcome } = answer;
    const clock = clockFacts(answer.aheadMs, config.auth);
    if (outcome.kind !== 'answered') return [notReached(url, outcome), ...clock];
    const { value } = outcome;
    return [
      ok(
        `${url} answers in ${formatMs(answer.tookMs)}${value.chromium === null ? '' : `; its Chromium is ${value.chromium}`}.`,
      ),
      versionFact(value.version),
      ...(await templateFacts(value, config, subject)),
      ...(await storeFacts(value, config, subject)),
      ...clock,
    ];
  },
};

const DEPLOY =
  'Deploy the function again from this version ("npx og-deploy release", or a push to the main branch)';

function notReached(url: string, outcome: Exclude<FunctionAnswer['outcome'], { kind: 'answered' }>): Fact {
  const error = 'error' in outcome ? outcome.error : unreachable(url, outcome.reason);
  return failed(error, { reach: true });
}

function versionFact(theirs: string): Fact {
  if (theirs === VERSION) return ok(`It is og-sync ${theirs}, as here.`);
  return warning(
    `It is og-sync ${theirs}, and here is ${VERSION}.`,
    `${DEPLOY}, or install og-sync@${theirs} here.`,
  );
}

/** What it draws counts; other templates here mislead whoever looks at a preview. */
async function templateFacts(
  { templates }: Description,
  config: Config,
  { settings }: Subject,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  const theirs = Object.keys(templates);
  if (typeof config.template === 'string' && !theirs.includes(config.template))
    facts.push(
      failure(
        `It has no template ${JSON.stringify(config.template)}, which the configuration asks for; it has ${theirs.join(', ')}.`,
        `${DEPLOY}, or correct template in the configuration.`,
        2,
      ),
    );
  const here = await openTemplates(config, settings).catch(() => null);
  // Its own check says why there are none here.
  if (here === null) return facts;
  const names = new Set([...theirs, ...here.all.keys()]);
  const other = [...names].filter((name) => here.all.get(name)?.digest !== templates[name]?.digest).sort();
  facts.push(
    other.length === 0
      ? ok(`Its ${theirs.length} templates are those here.`)
      : warning(
          `Its templates differ from those here: ${other.join(', ')}. It draws its own; preview shows those here.`,
          `${DEPLOY}.`,
        ),
  );
  return facts;
}

async function storeFacts({ store }: Description, config: Config, { settings }: Subject): Promise<Fact[]> {
  if (config.store === null) return [];
  const [ours, theirs] = await Promise.all([config.store, store].map((at) => openStoreAt(at, settings)));
  if (ours?.address === theirs?.address) return [];
  return [
    failure(
      `It writes to ${theirs?.address}, but the store of the configuration is ${ours?.address}.`,
      'Leave "store" (--store) out to take the function\'s own, or deploy the function for this store.',
      2,
    ),
  ];
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-signing.html: a request must arrive within five minutes. */
const SIGNATURE_MS = 5 * 60_000;
const NOTABLE_MS = 60_000;
const CLOCK_CURE =
  'Set the clock of this machine ("timedatectl set-ntp true"; in a container, that of its host).';

/** `aheadMs`: of this machine's clock; null where no other was seen. Pure. */
export function clockFacts(aheadMs: number | null, auth: Config['auth']): Fact[] {
  if (aheadMs === null) return [];
  const off = Math.abs(aheadMs);
  if (off < NOTABLE_MS) return [ok('The clock of this machine is right.')];
  const fact = `The clock of this machine is ${formatMs(off)} ${aheadMs > 0 ? 'ahead' : 'behind'}`;
  if (off < SIGNATURE_MS || auth !== 'iam') return [warning(`${fact}.`, CLOCK_CURE)];
  return [failure(`${fact}: AWS refuses signatures that are off by five minutes.`, CLOCK_CURE)];
}
