/** Runs the command line of og-sync with the arguments given, then tells on stderr what this process took, as one line of JSON. */

/** From process start; CPU of all threads; peak of the resident memory. */
export interface Cost {
  ms: number;
  cpuMs: number;
  peakBytes: number;
}

await import('../cli/bin.ts');
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const cost: Cost = {
  ms: performance.now(),
  cpuMs: (userCPUTime + systemCPUTime) / 1000,
  peakBytes: maxRSS * 1024,
};
process.stderr.write(`\n${JSON.stringify(cost)}`);
