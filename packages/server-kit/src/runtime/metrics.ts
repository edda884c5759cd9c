import type { Registry } from 'prom-client';

/** The process's metrics. Labels come from config and catalogs only, never from callers (04 G-86). */
export interface Metrics {
  readonly registry: Registry;
}
