/** What a part says of itself: up, or down with a reason that holds no secret and no address. */
export type HealthState = { readonly status: 'up' } | { readonly status: 'down'; readonly reason: string };

/** One part that `/readyz` asks. */
export interface HealthCheck {
  readonly part: string;
  /** A required part that is down makes the process not ready (503); any other only degrades it (200). */
  readonly required: boolean;
  /** What is missing while the part is down, in words for an operator. */
  readonly effect: string;
  check(signal: AbortSignal): Promise<HealthState>;
}

/** A part that is down, as `/readyz` shows it. */
export interface PartDown {
  readonly part: string;
  /** When it was first seen down, ISO 8601 UTC. */
  readonly since: string;
  readonly reason: string;
  readonly effect: string;
}

/** What all parts say together. `failing` are the required parts that are down, `degraded` the others. */
export interface HealthReport {
  readonly status: 'ready' | 'degraded' | 'unavailable';
  readonly failing: readonly PartDown[];
  readonly degraded: readonly PartDown[];
}
