/** CloudWatch's embedded metric format: a log line that CloudWatch turns into metrics, with no agent and no API call. */
import { isWarning } from '../contract.ts';
import type { RenderResponse } from '../contract.ts';

const NAMESPACE = 'og-sync';
/** The format takes at most 100 values per metric: as many as a request may have posts. */
const MAX_VALUES = 100;

export interface Measured {
  functionName: string;
  response: RenderResponse;
  coldStart: boolean;
  durationMs: number;
  /** Milliseconds since the epoch. */
  timestamp: number;
}

/** The fields that make one log line a metric as well. */
export function metricFields(measured: Measured): Record<string, unknown> {
  const { response, coldStart, durationMs, functionName, timestamp } = measured;
  const stored = response.results.filter((result) => result.status === 'stored');
  const renderMs = stored.map((result) => result.renderMs).slice(0, MAX_VALUES);
  return {
    _aws: {
      Timestamp: timestamp,
      CloudWatchMetrics: [
        {
          Namespace: NAMESPACE,
          Dimensions: [['FunctionName']],
          Metrics: [
            { Name: 'Images', Unit: 'Count' },
            { Name: 'Failures', Unit: 'Count' },
            { Name: 'Unprocessed', Unit: 'Count' },
            { Name: 'Warnings', Unit: 'Count' },
            { Name: 'ColdStart', Unit: 'Count' },
            { Name: 'Duration', Unit: 'Milliseconds' },
            ...(renderMs.length > 0 ? [{ Name: 'RenderMs', Unit: 'Milliseconds' }] : []),
          ],
        },
      ],
    },
    FunctionName: functionName,
    Images: stored.length,
    Failures: response.results.length - stored.length,
    Unprocessed: response.unprocessed.length,
    Warnings: stored.reduce((sum, result) => sum + result.warnings.filter(isWarning).length, 0),
    ColdStart: coldStart ? 1 : 0,
    Duration: durationMs,
    ...(renderMs.length > 0 && { RenderMs: renderMs }),
  };
}
