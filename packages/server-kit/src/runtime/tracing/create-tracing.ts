import type { Logger } from '../logger.ts';
import { quietTracing } from './quiet-tracing.ts';
import type { Tracing } from './span.ts';

/** Where traces go and how many of them. */
export interface TracingOptions {
  readonly serviceName: string;
  /** Base URL of an OTLP collector, without `/v1/traces`. Absent: nothing is recorded. */
  readonly endpoint?: string | undefined;
  /** Share of new traces that is recorded, 0 to 1; default 0.05. A caller's own decision beats it. */
  readonly sampleRatio?: number;
  /** Told once a minute at most when the collector does not take spans. */
  readonly log: Logger;
}

const sampleRatioDefault = 0.05;

/**
 * Makes the process's tracing. The OpenTelemetry SDK is loaded only when there is an endpoint. Failed spans are
 * exported whatever the sampling says (04 G-87).
 *
 * @throws RangeError when `sampleRatio` is not between 0 and 1.
 */
export async function createTracing(options: TracingOptions): Promise<Tracing> {
  const { endpoint, serviceName, log, sampleRatio = sampleRatioDefault } = options;
  if (!(sampleRatio >= 0 && sampleRatio <= 1))
    throw new RangeError(`sampleRatio is ${sampleRatio}; it must be between 0 and 1.`);
  if (endpoint === undefined) return quietTracing;
  const { createOtlpTracing } = await import('./otlp-tracing.ts');
  return createOtlpTracing({ endpoint, serviceName, sampleRatio, log });
}
