/** AWS's partitions: which one a region is in, and what its addresses end in. */

/** As the endpoint rules of the AWS SDK list them. */
const PARTITIONS: { id: string; regions: RegExp; suffix: string }[] = [
  { id: 'aws-cn', regions: /^cn-\w+-\d+$/, suffix: 'amazonaws.com.cn' },
  { id: 'aws-us-gov', regions: /^us-gov-\w+-\d+$/, suffix: 'amazonaws.com' },
  { id: 'aws-iso', regions: /^us-iso-\w+-\d+$/, suffix: 'c2s.ic.gov' },
  { id: 'aws-iso-b', regions: /^us-isob-\w+-\d+$/, suffix: 'sc2s.sgov.gov' },
  { id: 'aws-iso-e', regions: /^eu-isoe-\w+-\d+$/, suffix: 'cloud.adc-e.uk' },
  { id: 'aws-iso-f', regions: /^us-isof-\w+-\d+$/, suffix: 'csp.hci.ic.gov' },
  { id: 'aws-eusc', regions: /^eusc-de-\w+-\d+$/, suffix: 'amazonaws.eu' },
  { id: 'aws', regions: /^[a-z]{2}-[a-z]+-\d+$/, suffix: 'amazonaws.com' },
];

/** The partition of a region, by its name; null for what is no region of AWS. */
export function partitionOf(region: string): string | null {
  return PARTITIONS.find(({ regions }) => regions.test(region))?.id ?? null;
}

/** "amazonaws.com" and its like. */
export function suffixOf(partition: string): string {
  return PARTITIONS.find(({ id }) => id === partition)?.suffix ?? 'amazonaws.com';
}
