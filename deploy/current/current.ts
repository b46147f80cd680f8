/** What is in the account now, as far as a release cares. null: it is not there. */
import type { FunctionSettings } from '../wanted/wanted.ts';

export interface Current {
  repository: CurrentRepository | null;
  logGroup: { retention: number | null } | null;
  role: CurrentRole | null;
  function: CurrentFunction | null;
}

export interface CurrentRepository {
  scanOnPush: boolean;
  /** `fixed`: a tag that is a commit stays with its image; `setting`: what ECR has, for a person. */
  tags: { fixed: boolean; setting: string };
  /** JSON */
  policy: string | undefined;
  /** JSON */
  lifecycle: string | undefined;
}

export interface CurrentRole {
  /** JSON, percent-encoded as IAM gives it. */
  trust: string | undefined;
  boundaryArn: string | null;
  /** Inline policies: name → JSON. */
  policies: Record<string, string>;
  attached: string[];
}

export interface CurrentFunction {
  packageType: string;
  state: string;
  stateReason: string | null;
  lastUpdate: string;
  lastUpdateReason: string | null;
  /** `sha256:…`, null for a Zip. */
  digest: string | null;
  codeSha: string;
  architecture: string;
  settings: FunctionSettings;
  /** True when the image's own entry point, command or folder is overridden. */
  overridden: boolean;
  concurrency: number | null;
  versions: CurrentVersion[];
  alias: CurrentAlias | null;
  /** Those of the alias. */
  url: CurrentUrl | null;
  permissions: Permission[];
  /** $LATEST, and every other qualifier that has a URL. */
  otherDoors: Door[];
}

/** One way into the function from outside: a qualifier with its URL and its own resource policy. */
export interface Door {
  /** "live", "$LATEST" or another alias. */
  qualifier: string;
  url: CurrentUrl | null;
  permissions: Permission[];
}

export interface CurrentVersion {
  version: string;
  codeSha: string;
  architecture: string;
  settings: FunctionSettings;
}

export interface CurrentAlias {
  version: string;
  /** True when a share of the calls goes to a second version. */
  weighted: boolean;
  /** State of the version it points to. */
  state: string;
  stateReason: string | null;
}

export interface CurrentUrl {
  url: string;
  auth: string;
  /** The origins whose pages may call it; null: none. */
  cors: string | null;
  streaming: boolean;
}

/** One statement of a resource policy. */
export interface Permission {
  sid: string;
  actions: string[];
  /** Anybody may use it. */
  open: boolean;
  /** "Operator:key" → values */
  conditions: Record<string, string[]>;
}
