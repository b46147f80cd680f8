import { expect, test } from 'vitest';
import { namesOf } from './names.ts';
import { partitionOf } from './partitions.ts';

test.each([
  ['eu-central-1', 'aws', 'amazonaws.com'],
  ['ap-southeast-4', 'aws', 'amazonaws.com'],
  ['cn-northwest-1', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
])('%s is in %s, and its registry is below %s', (region, partition, suffix) => {
  expect(partitionOf(region)).toBe(partition);
  const names = namesOf(
    { region, functionName: 'og', repository: 'og-sync', bucket: 'b' },
    { id: '123456789012', partition },
  );
  expect(names.functionArn).toBe(`arn:${partition}:lambda:${region}:123456789012:function:og`);
  expect(names.repositoryUri).toBe(`123456789012.dkr.ecr.${region}.${suffix}/og-sync`);
  expect(names.bucketArn).toBe(`arn:${partition}:s3:::b`);
});

test.each(['frankfurt', 'eu-central', 'EU-CENTRAL-1', 'eu-central-1a', '', 'eusc-de-1'])(
  '%j is no region',
  (region) => {
    expect(partitionOf(region)).toBeNull();
  },
);
