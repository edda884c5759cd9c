import type { Histogram, Registry } from 'prom-client';
import type { Metrics } from '../runtime/metrics.ts';

/** Labels of `fairlead_outside_call_seconds`. `outcome` is `ok`, `cancelled`, an error code of ours, or `error`. */
export type OutsideCallLabel = 'system' | 'operation' | 'outcome';

/** A registry refuses a second metric of the same name, and every outside system shares this one. */
const histograms = new WeakMap<Registry, Histogram<OutsideCallLabel>>();

/** The histogram of how long attempts of outside calls took, in seconds; one per registry. */
export function outsideCallSeconds(metrics: Metrics): Histogram<OutsideCallLabel> {
  const known = histograms.get(metrics.registry);
  if (known) return known;
  const histogram = metrics.histogram(
    'fairlead_outside_call_seconds',
    'Duration of each attempt to call an outside system.',
    { labelNames: ['system', 'operation', 'outcome'] },
  );
  histograms.set(metrics.registry, histogram);
  return histogram;
}
