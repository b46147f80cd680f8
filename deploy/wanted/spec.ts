/** What a repository, a role, a policy and an identity provider should be, whole. */
import type { Policy } from './policies.ts';

export interface RepositorySpec {
  name: string;
  arn: string;
  /** null: Lambda never pulls from it. */
  policy: Policy | null;
  lifecycle: object;
  /** Whether a tag stays with its image for ever. */
  immutable: boolean;
}

export interface RoleSpec {
  name: string;
  arn: string;
  description: string;
  trust: Policy;
  /** The one inline policy, and its name. */
  policy: Policy;
  policyName: string;
  boundaryArn: string | null;
  /** True where every other right is taken away; else they are the owner's business. */
  exclusive: boolean;
}

export interface ManagedPolicySpec {
  name: string;
  arn: string;
  description: string;
  document: Policy;
}

export interface ProviderSpec {
  arn: string;
  /** https://… */
  url: string;
  audience: string;
}
