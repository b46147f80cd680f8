import { execFileSync } from 'node:child_process';

/** Vitest's global set-up: process tests run the built product, as a user would, so it is built once, first. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
