/** Reads the function, its versions, its alias, and the alias's URL and permissions. */
import {
  GetAliasCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  GetPolicyCommand,
  ListVersionsByFunctionCommand,
} from '@aws-sdk/client-lambda';
import type { FunctionConfiguration, FunctionUrlConfig } from '@aws-sdk/client-lambda';
import { ALIAS } from '../wanted/names.ts';
import { parsePolicy } from '../wanted/policies.ts';
import type { Aws } from '../aws/client.ts';
import type { CurrentAlias, CurrentFunction, CurrentUrl, CurrentVersion, Permission } from './current.ts';
import type { Names } from '../wanted/names.ts';
import type { Statement } from '../wanted/policies.ts';
import type { FunctionSettings } from '../wanted/wanted.ts';

export async function readFunction(aws: Aws, name: string, names: Names): Promise<CurrentFunction | null> {
  const found = await aws.find('lambda:GetFunction', names.functionArn, (sending) =>
    aws.lambda.send(new GetFunctionCommand({ FunctionName: name }), sending),
  );
  if (found?.Configuration === undefined) return null;
  const configuration = found.Configuration;
  const [versions, alias, url, permissions] = await Promise.all([
    readVersions(aws, name, names),
    readAlias(aws, name, names),
    readUrl(aws, name, names),
    readPermissions(aws, name, names),
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
    url,
    permissions,
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

async function readVersions(aws: Aws, name: string, names: Names): Promise<CurrentVersion[]> {
  const versions: CurrentVersion[] = [];
  let marker: string | undefined;
  do {
    const input = { FunctionName: name, ...(marker === undefined ? {} : { Marker: marker }) };
    const page = await aws.find('lambda:ListVersionsByFunction', names.functionArn, (sending) =>
      aws.lambda.send(new ListVersionsByFunctionCommand(input), sending),
    );
    for (const item of page?.Versions ?? [])
      if (item.Version !== undefined && item.Version !== '$LATEST')
        versions.push({
          version: item.Version,
          codeSha: item.CodeSha256 ?? '',
          architecture: item.Architectures?.[0] ?? 'x86_64',
          settings: settingsOf(item),
        });
    marker = page?.NextMarker;
  } while (marker);
  return versions.sort((a, b) => Number(a.version) - Number(b.version));
}

async function readAlias(aws: Aws, name: string, names: Names): Promise<CurrentAlias | null> {
  const arn = `${names.functionArn}:${ALIAS}`;
  const alias = await aws.find('lambda:GetAlias', arn, (sending) =>
    aws.lambda.send(new GetAliasCommand({ FunctionName: name, Name: ALIAS }), sending),
  );
  if (alias?.FunctionVersion === undefined) return null;
  // A list of versions does not tell their state.
  const live = await aws.find('lambda:GetFunctionConfiguration', arn, (sending) =>
    aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: ALIAS }), sending),
  );
  return {
    version: alias.FunctionVersion,
    weighted: Object.keys(alias.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0,
    state: live?.State ?? 'Active',
    stateReason: live?.StateReason ?? null,
  };
}

async function readUrl(aws: Aws, name: string, names: Names): Promise<CurrentUrl | null> {
  const found = await aws.find('lambda:GetFunctionUrlConfig', `${names.functionArn}:${ALIAS}`, (sending) =>
    aws.lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: name, Qualifier: ALIAS }), sending),
  );
  if (found?.FunctionUrl === undefined) return null;
  return {
    url: found.FunctionUrl,
    auth: found.AuthType ?? '',
    cors: allows(found.Cors),
    streaming: found.InvokeMode?.toUpperCase() === 'RESPONSE_STREAM',
  };
}

function allows(cors: FunctionUrlConfig['Cors']): boolean {
  if (cors === undefined) return false;
  const lists = [cors.AllowHeaders, cors.AllowMethods, cors.AllowOrigins, cors.ExposeHeaders];
  return cors.AllowCredentials === true || lists.some((list) => (list ?? []).length > 0);
}

async function readPermissions(aws: Aws, name: string, names: Names): Promise<Permission[]> {
  const found = await aws.find('lambda:GetPolicy', `${names.functionArn}:${ALIAS}`, (sending) =>
    aws.lambda.send(new GetPolicyCommand({ FunctionName: name, Qualifier: ALIAS }), sending),
  );
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
  // An emulator may keep the names of the request where AWS writes a condition.
  for (const name of ['FunctionUrlAuthType', 'InvokedViaFunctionUrl']) {
    const value = statement[name];
    if (typeof value === 'string' || typeof value === 'boolean')
      conditions[`Request:lambda:${name}`] = [String(value)];
  }
  return conditions;
}

function isOpen(principal: unknown): boolean {
  if (principal === '*') return true;
  if (typeof principal !== 'object' || principal === null) return false;
  return Object.values(principal).flat().includes('*');
}
