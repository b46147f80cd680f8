/**
 * GitLab: a code quality report, which the job hands over as an artifact.
 * https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { FINDINGS } from '../../../pages/findings.ts';
import { isTroubleCode } from '../../kinds.ts';
import { digestsOf } from '../digests.ts';
import type { PlacedNote } from '../placed.ts';
import type { Review } from '../review.ts';
import { cutTo } from '../text.ts';
import { variable } from './ci.ts';
import type { Ci } from './ci.ts';

/** The name that GitLab's own templates use. */
const FILE = 'gl-code-quality-report.json';
/** GitLab shows a line of it. */
const DESCRIPTION = 500;

interface Issue {
  description: string;
  check_name: string;
  fingerprint: string;
  severity: 'info' | 'minor' | 'major' | 'critical' | 'blocker';
  location: { path: string; lines: { begin: number } };
}

const reportSchema = z.array(z.looseObject({ check_name: z.string() }));

export const gitlab: Ci = {
  name: 'GitLab',
  isHere: ({ GITLAB_CI }) => Boolean(GITLAB_CI) && GITLAB_CI !== 'false',
  root: (environment) => environment['CI_PROJECT_DIR'],
  async publish(review, { environment, codeQuality }) {
    const file =
      codeQuality === undefined ? join(variable(environment, 'CI_PROJECT_DIR'), FILE) : resolve(codeQuality);
    const report = [...(await others(file, review)), ...issuesOf(review)];
    await mkdir(dirname(file), { recursive: true });
    // A job that is ended meanwhile hands over no half of it.
    await writeFile(`${file}.new`, `${JSON.stringify(report, null, 2)}\n`);
    await rename(`${file}.new`, file);
  },
};

/** A note in no file has no place in the report. */
function issuesOf({ notes }: Review): Issue[] {
  const placed = notes.filter((note): note is PlacedNote & { path: string } => note.path !== null);
  // Without the line: what moves in its file is not new.
  const digests = digestsOf(placed.map(({ path, code, message }) => [path, code, message]));
  return placed.map(({ code, severity, path, line, message }, at) => ({
    description: cutTo(message, DESCRIPTION),
    check_name: code,
    fingerprint: digests[at] ?? '',
    severity: severity === 'error' ? 'major' : 'minor',
    location: { path, lines: { begin: line ?? 1 } },
  }));
}

/** A job has one report: what another verb of the same job wrote stays in it. */
async function others(file: string, { verb }: Review): Promise<unknown[]> {
  const isOwn = (code: string) => (verb === 'check' ? code in FINDINGS : isTroubleCode(code));
  try {
    const read = reportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    return read.filter(({ check_name }) => !isOwn(check_name));
  } catch {
    return [];
  }
}
