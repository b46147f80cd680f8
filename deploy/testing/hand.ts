/** Somebody else's hand in the account: clients of the owner, which go around og-deploy. */
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ECRClient } from '@aws-sdk/client-ecr';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import type { Cloud } from './cloud.ts';

export function handIn(cloud: Cloud) {
  const settings = {
    region: 'eu-central-1',
    endpoint: cloud.url,
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  };
  return {
    iam: new IAMClient(settings),
    lambda: new LambdaClient(settings),
    ecr: new ECRClient(settings),
    logs: new CloudWatchLogsClient(settings),
  };
}

export type Hand = ReturnType<typeof handIn>;
