/** How long a run will take and what it will cost, before anything runs. A pure model; docs/scaling.md explains it. */
import { LIMITS } from '../../function/contract.ts';

/** What runs into its limit first, and so decides how long a run takes. */
export type Bottleneck = 'cpu' | 'concurrency' | 'account' | 'upload' | 's3';

export interface Estimate {
  seconds: number;
  /** List price, no free tier counted. */
  dollars: number;
  /** When all is warm. */
  imagesPerSecond: number;
  limitedBy: Bottleneck;
}

/** What to raise first when it is too slow. */
export const ADVICE: Record<Bottleneck, string> = {
  cpu: 'more cores, or a Function URL',
  concurrency: 'concurrency (requests in flight), then batch',
  account: "the account's quota of concurrent Lambda executions",
  upload: 'the bandwidth of the machine that runs og-sync, or make the covers smaller',
  s3: 'the number of prefixes: S3 takes a rate of writes per prefix',
};

export interface FunctionRun {
  images: number;
  /** Requests in flight. */
  concurrency: number;
  /** Posts in a request. */
  batch: number;
  /** Of the function; default 2048. */
  memoryMb?: number;
  /** CPU time of one image on one vCPU of Lambda, in ms; default 40. */
  cpuMs?: number;
  /** One post in a request, its pictures included; default 1,500. */
  bytesPerPost?: number;
  /** Concurrent executions the account may have, or the function's reserved ones; default 1,000. */
  accountConcurrency?: number;
  /** Of the machine that runs og-sync, in bytes per second; default 12.5 million (100 Mbit/s). */
  uploadRate?: number;
}

const DEFAULTS = {
  memoryMb: 2048,
  /** 20 ms measured on a core; a vCPU is one of a core's two threads. */
  cpuMs: 40,
  bytesPerPost: 1_500,
  accountConcurrency: 1_000,
  uploadRate: 12_500_000,
};

const MB_PER_VCPU = 1_769;
const MAX_VCPU = 6;
/** Container start, Chromium start and the first card. */
const COLD_START_MS = 3_000;
/**
 * A request's way there and back, and the put of its last image; the other puts overlap with rendering. Being more than
 * 100 ms, it keeps us below Lambda's limit of ten requests per execution and second.
 */
const REQUEST_MS = 120;
/** S3 takes this many writes a second below one prefix, and more once it has split it. */
const PUTS_PER_SECOND = 3_500;

/** US dollars, us-east-1, x86. */
const PRICE = { gbSecond: 0.0000166667, request: 0.0000002, put: 0.000005 };

/** A run that sends its posts to a Function URL which writes to S3. */
export function estimateFunction(run: FunctionRun): Estimate {
  const { images, concurrency, memoryMb, cpuMs, bytesPerPost, accountConcurrency, uploadRate, batch } = {
    ...DEFAULTS,
    ...run,
  };
  const posts = Math.max(1, Math.min(batch, LIMITS.posts, Math.floor(LIMITS.bodyBytes / bytesPerPost)));
  const imageMs = cpuMs / Math.min(memoryMb / MB_PER_VCPU, MAX_VCPU);
  const requestMs = REQUEST_MS + posts * imageMs;
  const inFlight = Math.min(concurrency, accountConcurrency);

  const rates: [Bottleneck, number][] = [
    [concurrency > accountConcurrency ? 'account' : 'concurrency', (inFlight * posts * 1000) / requestMs],
    ['upload', uploadRate / bytesPerPost],
    ['s3', PUTS_PER_SECOND],
  ];
  const [limitedBy, imagesPerSecond] = slowest(rates);
  const requests = Math.ceil(images / posts);
  const started = Math.min(inFlight, requests);
  // A run of less than one wave takes as long as its longest request.
  const longest = Math.min(images, posts) * imageMs + REQUEST_MS;
  const seconds =
    images === 0 ? 0 : (COLD_START_MS + Math.max(longest, (images / imagesPerSecond) * 1000)) / 1000;

  const busyMs = requests * REQUEST_MS + images * imageMs + started * COLD_START_MS;
  const dollars =
    (busyMs / 1000) * (memoryMb / 1024) * PRICE.gbSecond + requests * PRICE.request + images * PRICE.put;
  return { seconds, dollars, imagesPerSecond, limitedBy };
}

export interface LocalRun {
  images: number;
  cores: number;
  /** CPU time of one image on one core, in ms; default 20. */
  cpuMs?: number;
}

const LOCAL_START_MS = 700;

/** A run that renders on this machine. */
export function estimateLocal({ images, cores, cpuMs = 20 }: LocalRun): Estimate {
  const imagesPerSecond = (cores * 1000) / cpuMs;
  const seconds = images === 0 ? 0 : LOCAL_START_MS / 1000 + images / imagesPerSecond;
  return { seconds, dollars: 0, imagesPerSecond, limitedBy: 'cpu' };
}

function slowest(rates: readonly [Bottleneck, number][]): [Bottleneck, number] {
  return rates.reduce((slow, rate) => (rate[1] < slow[1] ? rate : slow));
}
