import { monitorEventLoopDelay } from 'node:perf_hooks';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Upper bounds of duration histograms in seconds (04 G-86). */
export const durationBucketsSeconds: readonly number[] = Object.freeze([
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300,
]);

/** The process's metrics. Labels come from config and catalogs only, never from callers (04 G-86). */
export interface Metrics {
  readonly registry: Registry;
  /** Makes a counter. Bind labels once where the values are known: `counter.labels({ tool }).inc()`. */
  counter<Label extends string = never>(name: string, help: string, labelNames?: readonly Label[]): Counter<Label>;
  gauge<Label extends string = never>(name: string, help: string, labelNames?: readonly Label[]): Gauge<Label>;
  /** `buckets` are upper bounds; default `durationBucketsSeconds`. */
  histogram<Label extends string = never>(
    name: string,
    help: string,
    options?: HistogramOptions<Label>,
  ): Histogram<Label>;
}

/** Labels and buckets of a histogram. */
export interface HistogramOptions<Label extends string> {
  readonly labelNames?: readonly Label[];
  readonly buckets?: readonly number[];
}

const eventLoopResolutionMs = 20;

/**
 * Makes the process's metrics: a registry with the default process metrics, the event loop's lag, and `service=<name>`
 * on every series. Each name can be registered once.
 */
export function createMetrics({ name }: { readonly name: string }): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service: name });
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  collectEventLoopLag(registry);
  const registers = [registry];
  return {
    registry,
    counter: (metric, help, labelNames = []) => new Counter({ name: metric, help, labelNames, registers }),
    gauge: (metric, help, labelNames = []) => new Gauge({ name: metric, help, labelNames, registers }),
    histogram: (metric, help, { labelNames = [], buckets = durationBucketsSeconds } = {}) =>
      new Histogram({ name: metric, help, labelNames, buckets: [...buckets], registers }),
  };
}

function collectEventLoopLag(registry: Registry): void {
  const delays = monitorEventLoopDelay({ resolution: eventLoopResolutionMs });
  delays.enable();
  const lag = new Gauge({
    name: 'fairlead_event_loop_lag_seconds',
    help: 'How late timers ran since the last collection: 99th percentile.',
    registers: [registry],
    collect() {
      // Nothing was measured yet after a reset: the last value stays.
      if (delays.count === 0) return;
      // Node measures from tick to tick, so the pause between two ticks is in every value.
      const lagMs = delays.percentile(99) / 1e6 - eventLoopResolutionMs;
      lag.set(Math.max(0, lagMs) / 1e3);
      delays.reset();
    },
  });
}
