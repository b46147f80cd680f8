/** The package, for programs: what og-sync does, as functions. Importing it loads no more than this file and the errors. */
import type { CardRenderer } from './api/card.ts';
import type { CheckOptions, PlanOptions, RendererOptions, RunOptions, SyncOptions } from './api/options.ts';
import type { CheckDocument, ReportDocument } from './report/documents.ts';

export type { CardImage, CardRenderer, DrawOptions } from './api/card.ts';
export type { RunEvent } from './api/events.ts';
export type {
  CheckOptions,
  ConfigOptions,
  PlanOptions,
  RendererOptions,
  RunOptions,
  SyncOptions,
} from './api/options.ts';
export { defineConfig } from './config/define.ts';
export type { Auth, Author, MapSource, PostFields, UserConfig } from './config/schema.ts';
export { CliError, PostError } from './errors.ts';
export type { CliErrorCode, PostErrorCode } from './errors.ts';
export type { Finding, FindingCode } from './pages/findings.ts';
export type { CheckDocument, ImageLine, ReportDocument } from './report/documents.ts';
export type { Problem } from './scan/attempt.ts';
export type { GivenPost } from './scan/given.ts';
export type { Output, Post, Site, Warning } from '../function/contract.ts';
export { FunctionError, OgError } from '../function/errors.ts';
export type { ErrorCode } from '../function/errors.ts';

/**
 * Makes what is missing or changed, writes the tags where the configuration says `inject`, and resolves to the document of
 * `og-sync --json`. An image that fails is in the document.
 * @throws CliError or FunctionError when the run had to end early; the signal's reason once it is aborted.
 */
export async function sync(options: SyncOptions = {}): Promise<ReportDocument> {
  return (await import('./api/run.ts')).runSync(options);
}

/** What `sync` would do, changing nothing: the document of `og-sync plan --json`. Throws as `sync` does. */
export async function plan(options: PlanOptions = {}): Promise<ReportDocument> {
  return (await import('./api/run.ts')).runPlan(options);
}

/**
 * Writes the tags of all images that are stored into the pages of the built site, and makes no image: those that would be made have
 * the action `created` or `updated`. Throws as `sync` does.
 */
export async function inject(options: RunOptions = {}): Promise<ReportDocument> {
  return (await import('./api/run.ts')).runInject(options);
}

/** Looks at the tags of every page and the images they name: the document of `og-sync check --json`. Throws as `sync` does. */
export async function check(options: CheckOptions = {}): Promise<CheckDocument> {
  return (await import('./api/run.ts')).runCheck(options);
}

/** Draws cards one by one, without storing them. Throws `CliError`. */
export async function createRenderer(options: RendererOptions = {}): Promise<CardRenderer> {
  return (await import('./api/renderer.ts')).openCards(options);
}
