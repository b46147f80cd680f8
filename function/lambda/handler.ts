/** Lambda's composition root: the only file of the function that reads the environment. */
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { z } from 'zod';
import { createApp } from '../app.ts';
import type { App } from '../app.ts';
import type { Access } from '../http/auth.ts';
import { prepareFonts } from '../fonts/fonts.ts';
import { createHandler } from './invocation.ts';
import { createLog } from '../log.ts';
import { PACKAGE_ROOT } from '../package.ts';
import { pagesFor } from '../renderer/capacity.ts';
import { createRenderer } from '../renderer/index.ts';
import { openStore } from '../store/open.ts';
import { loadTemplates } from '../templates/templates.ts';

/** Lambda gives one vCPU per 1,769 MB; a browser keeps one core busy. */
const MB_PER_CORE = 1769;

const environmentSchema = z
  .object({
    OG_BUCKET: z.string({ error: 'is required: the bucket that images are written to' }).min(3),
    OG_PREFIX: z.string().default('images/'),
    OG_AUTH: z.enum(['iam', 'token', 'none']).default('iam'),
    OG_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
    OG_PAGES: z.coerce.number().int().min(1).max(16).optional(),
    OG_TEMPLATES: z.string().optional(),
    OG_CACHE_DIR: z.string().default(join(tmpdir(), 'og-sync')),
    LOG_LEVEL: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['debug', 'info', 'warn', 'error']))
      .default('info'),
    CHROME_PATH: z.string().optional(),
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: z.coerce.number().int().positive().default(MB_PER_CORE),
  })
  .refine(({ OG_AUTH, OG_TOKEN }) => OG_AUTH !== 'token' || OG_TOKEN !== undefined, {
    path: ['OG_TOKEN'],
    error: 'is required when OG_AUTH is "token"',
  });

function readEnvironment(env: NodeJS.ProcessEnv): z.infer<typeof environmentSchema> {
  const parsed = environmentSchema.safeParse(env);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  throw new Error(`The function's environment is not complete: ${complaints.join('; ')}.`);
}

function accessOf({ OG_AUTH, OG_TOKEN = '' }: z.infer<typeof environmentSchema>): Access {
  return OG_AUTH === 'token' ? { auth: 'token', token: OG_TOKEN } : { auth: OG_AUTH };
}

const env = readEnvironment(process.env);
const log = createLog(
  (line) => process.stdout.write(`${line}\n`),
  env.LOG_LEVEL,
  () => new Date(),
);

async function compose(): Promise<App> {
  const cacheDir = env.OG_CACHE_DIR;
  const cores = Math.max(1, Math.round(env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE / MB_PER_CORE));
  const { OG_PAGES: pages } = env;
  const browsers = Math.min(cores, pages ?? cores);
  const machine = { cores, memory: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE * 2 ** 20 };
  const renderer = createRenderer({
    fontconfig: () => prepareFonts(cacheDir),
    cacheDir,
    browsers,
    pagesPerBrowser: pages === undefined ? pagesFor(machine, browsers) : Math.ceil(pages / browsers),
    ...(env.CHROME_PATH !== undefined && { chromePath: env.CHROME_PATH }),
  });
  // Not awaited: the browser starts while Lambda finishes its own start. A failure shows when a picture is asked for.
  renderer.warm().catch((cause: unknown) => log('warn', { event: 'warm_failed', message: String(cause) }));
  const templates = await loadTemplates({
    cacheDir,
    packages: PACKAGE_ROOT,
    ...(env.OG_TEMPLATES !== undefined && { folder: env.OG_TEMPLATES }),
  });
  const store = openStore(`s3://${env.OG_BUCKET}/${env.OG_PREFIX}`);
  return createApp({ renderer, store, templates, log });
}

export const handler = createHandler({ app: compose(), access: accessOf(env), log });
