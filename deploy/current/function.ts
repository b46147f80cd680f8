/** Reads the function, its versions, its alias, and the URLs and permissions of every qualifier. */
import {
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetPolicyCommand,
  paginateListFunctionUrlConfigs,
  paginateListVersionsByFunction,
} from '@aws-sdk/client-lambda';
import type { FunctionConfiguration, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import { isAbsent, unless } from '../aws/errors.ts';
import { ALIAS, LATEST } from '../wanted/names.ts';
import { parsePolicy } from '../wanted/policies.ts';
import type { Aws } from '../aws/client.ts';
import type { Statement } from '../wanted/policies.ts';
import type { FunctionSettings } from '../wanted/wanted.ts';
import type {
  CurrentAlias,
  CurrentFunction,
  CurrentUrl,
  CurrentVersion,
  Door,
  Permission,
} from './current.ts';

export async function readFunction(aws: Aws, name: string): Promise<CurrentFunction | null> {
  const found = await aws.lambda.send(new GetFunctionCommand({ FunctionName: name })).catch(unless(isAbsent));
  if (found?.Configuration === undefined) return null;
  const configuration = found.Configuration;
  const [versions, alias, doors] = await Promise.all([
    readVersions(aws, name),
    readAlias(aws, name),
    readDoors(aws, name),
  ]);
  const override = configuration.ImageConfigResponse?.ImageConfig;
  return {
    packageType: configuration.PackageType ?? 'Zip',
    state: configuration.State ?? 'Active',
    stateReason: configuration.StateReason ?? null,
    lastUpdate: configuration.LastUpdateStatus ?? 'Successful',
    lastUpdateReason: configuration.LastUpdateStatusReason ?? null,
    digest: digestOf(found.Code?.ImageUri) ?? digestOf(found.Code?.ResolvedImageUri),
    codeSha: configuration.CodeSha256 ?? '',
    architecture: configuration.Architectures?.[0] ?? 'x86_64',
    settings: settingsOf(configuration),
    overridden: Boolean(
      override?.EntryPoint?.length || override?.Command?.length || override?.WorkingDirectory,
    ),
    concurrency: found.Concurrency?.ReservedConcurrentExecutions ?? null,
    versions,
    alias,
    url: doors.find(({ qualifier }) => qualifier === ALIAS)?.url ?? null,
    permissions: doors.find(({ qualifier }) => qualifier === ALIAS)?.permissions ?? [],
    otherDoors: doors.filter(({ qualifier }) => qualifier !== ALIAS),
  };
}

function digestOf(uri: string | undefined): string | null {
  return /@(sha256:[0-9a-f]{64})$/.exec(uri ?? '')?.[1] ?? null;
}

function settingsOf(configuration: FunctionConfiguration): FunctionSettings {
  return {
    role: configuration.Role ?? '',
    memory: configuration.MemorySize ?? 0,
    timeout: configuration.Timeout ?? 0,
    storage: configuration.EphemeralStorage?.Size ?? 512,
    environment: configuration.Environment?.Variables ?? {},
  };
}

/** Published versions, the oldest first. */
async function readVersions(aws: Aws, name: string): Promise<CurrentVersion[]> {
  const versions: CurrentVersion[] = [];
  const pages = paginateListVersionsByFunction(
    { client: aws.lambda, stopOnSameToken: true },
    { FunctionName: name },
  );
  for await (const page of pages)
    for (const item of page.Versions ?? [])
      if (item.Version !== undefined && item.Version !== LATEST)
        versions.push({
          version: item.Version,
          codeSha: item.CodeSha256 ?? '',
          architecture: item.Architectures?.[0] ?? 'x86_64',
          settings: settingsOf(item),
        });
  return versions.sort((a, b) => Number(a.version) - Number(b.version));
}

async function readAlias(aws: Aws, name: string): Promise<CurrentAlias | null> {
  const alias = await aws.lambda
    .send(new GetAliasCommand({ FunctionName: name, Name: ALIAS }))
    .catch(unless(isAbsent));
  if (alias?.FunctionVersion === undefined) return null;
  // A list of versions does not say their state.
  const live = await aws.lambda
    .send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: ALIAS }))
    .catch(unless(isAbsent));
  return {
    version: alias.FunctionVersion,
    weighted: Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
    state: live?.State ?? 'Active',
    stateReason: live?.StateReason ?? null,
  };
}

/** The alias and $LATEST always, other qualifiers where they have a URL. */
async function readDoors(aws: Aws, name: string): Promise<Door[]> {
  const urls = new Map<string, CurrentUrl | null>([
    [ALIAS, null],
    [LATEST, null],
  ]);
  const pages = paginateListFunctionUrlConfigs(
    { client: aws.lambda, stopOnSameToken: true },
    { FunctionName: name },
  );
  for await (const page of pages)
    for (const found of page.FunctionUrlConfigs ?? [])
      urls.set(found.FunctionArn?.split(':')[7] ?? LATEST, {
        url: found.FunctionUrl ?? '',
        auth: found.AuthType ?? '',
        cors: origins(found.Cors),
        streaming: found.InvokeMode?.toUpperCase() === 'RESPONSE_STREAM',
      });
  return Promise.all(
    [...urls].map(async ([qualifier, url]) => ({
      qualifier,
      url,
      permissions: await readPermissions(aws, name, qualifier),
    })),
  );
}

/** What web pages may do with it, in one line; null: nothing. */
function origins(cors: FunctionUrlConfig['Cors']): string | null {
  if (cors === undefined) return null;
  const lists = [cors.AllowHeaders, cors.AllowMethods, cors.AllowOrigins, cors.ExposeHeaders];
  if (cors.AllowCredentials !== true && lists.every((list) => (list ?? []).length === 0)) return null;
  return (cors.AllowOrigins ?? []).join(', ') || 'no origin';
}

async function readPermissions(aws: Aws, name: string, qualifier: string): Promise<Permission[]> {
  // The policy of $LATEST is that of the function itself; Lambda refuses its name here.
  const input = { FunctionName: name, ...(qualifier === LATEST ? {} : { Qualifier: qualifier }) };
  const found = await aws.lambda.send(new GetPolicyCommand(input)).catch(unless(isAbsent));
  return (parsePolicy(found?.Policy) ?? [])
    .filter((statement) => statement.Effect === 'Allow')
    .map((statement) => ({
      sid: statement.Sid ?? '',
      actions: statement.Action ?? [],
      open: isOpen(statement.Principal),
      conditions: conditionsOf(statement),
    }));
}

function conditionsOf(statement: Statement): Record<string, string[]> {
  const conditions: Record<string, string[]> = {};
  for (const [operator, keys] of Object.entries(statement.Condition ?? {}))
    for (const [key, values] of Object.entries(keys)) conditions[`${operator}:${key}`] = values;
  return conditions;
}

function isOpen(principal: unknown): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null) return false;
  return Object.values(principal).flat().includes('*');
}
