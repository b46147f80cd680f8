import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from './open.ts';

describe('openStore', () => {
  it.each([
    ['s3://bucket', 's3://bucket/'],
    ['s3://bucket/', 's3://bucket/'],
    ['s3://bucket/images', 's3://bucket/images/'],
    ['s3://bucket//og//images/', 's3://bucket/og/images/'],
    ['s3://my.old_Bucket/images', 's3://my.old_Bucket/images/'],
    ['out/images', resolve('out/images')],
    ['/srv/images/', '/srv/images'],
    ['.', process.cwd()],
  ])('takes %s for %s', (address, expected) => {
    expect(openStore(address).address).toBe(expected);
  });

  it.each([
    ['', /empty/],
    ['https://bucket.s3.amazonaws.com/images', /only s3:\/\/ and folders/],
    ['S3://bucket/images', /only s3:\/\/ and folders/],
    ['s3://', /no valid bucket name/],
    ['s3:///images', /no valid bucket name/],
    ['s3://buck et/images', /no valid bucket name/],
    ['s3://bucket/../images', /"\.\."/],
  ])('refuses %j and says why', (address, why) => {
    expect(() => openStore(address)).toThrow(why);
  });
});
