import type { SpanExporter } from '@opentelemetry/sdk-trace';
import type { Logger } from '../logger.ts';

const quietMs = 60_000;

/** Wraps a span exporter so that the log says, at most once a minute, when spans were lost. */
export function reportExportFailures(inner: SpanExporter, log: Logger): SpanExporter {
  let lostSpans = 0;
  let reportedAtMs = -quietMs;

  function noteLoss(spans: number, error: Error): void {
    lostSpans += spans;
    if (performance.now() - reportedAtMs < quietMs) return;
    log.warn({ lostSpans, err: error }, 'traces.lost');
    reportedAtMs = performance.now();
    lostSpans = 0;
  }

  return {
    export(spans, done) {
      inner.export(spans, (result) => {
        if (result.error !== undefined) noteLoss(spans.length, result.error);
        done(result);
      });
    },
    forceFlush: async () => inner.forceFlush?.(),
    shutdown: () => inner.shutdown(),
  };
}
