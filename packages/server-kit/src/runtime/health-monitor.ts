import type { Clock } from './clock.ts';
import type { HealthCheck, HealthReport, HealthState, PartDown } from './health.ts';
import type { Logger } from './logger.ts';

const checkTimeoutMs = 1_000;
const cacheMs = 1_000;

/** What a health monitor needs. */
export interface HealthMonitorOptions {
  /** Read anew at each report, so parts may be added while the process starts. */
  readonly checks: readonly HealthCheck[];
  readonly clock: Clock;
  readonly log: Logger;
}

/** Asks all parts how they are. */
export interface HealthMonitor {
  /** The latest report, at most one second old. Callers at the same time share one round of checks. */
  report(): Promise<HealthReport>;
}

/**
 * Makes a health monitor. Checks run side by side, each for at most one second; a slow, throwing or rejecting check
 * counts as down. A part that goes down or comes back is logged once.
 */
export function createHealthMonitor({ checks, clock, log }: HealthMonitorOptions): HealthMonitor {
  const downSince = new Map<string, string>();
  let cached: { readonly report: Promise<HealthReport>; readonly untilMs: number } | undefined;

  async function askAll(): Promise<HealthReport> {
    const answers = await Promise.all(
      checks.map(async (check) => ({ check, state: await askPart(check, { clock, log }) })),
    );
    const down = answers.flatMap(({ check, state }) => noteState(check, state));
    const failing = down.filter(({ required }) => required).map(({ shown }) => shown);
    const degraded = down.filter(({ required }) => !required).map(({ shown }) => shown);
    const degradedStatus = degraded.length > 0 ? 'degraded' : 'ready';
    return { status: failing.length > 0 ? 'unavailable' : degradedStatus, failing, degraded };
  }

  function noteState(check: HealthCheck, state: HealthState): readonly { required: boolean; shown: PartDown }[] {
    const { part, effect, required } = check;
    if (state.status === 'up') {
      if (downSince.delete(part)) log.info({ part }, 'part.recovered');
      return [];
    }
    const since = downSince.get(part) ?? clock.now().toISOString();
    if (!downSince.has(part)) log.warn({ part, required, reason: state.reason }, 'part.failed');
    downSince.set(part, since);
    return [{ required, shown: { part, since, reason: state.reason, effect } }];
  }

  return {
    report() {
      if (cached === undefined || clock.monotonicMs() >= cached.untilMs) {
        cached = { report: askAll(), untilMs: clock.monotonicMs() + cacheMs };
      }
      return cached.report;
    },
  };
}

async function askPart(check: HealthCheck, { clock, log }: { clock: Clock; log: Logger }): Promise<HealthState> {
  const controller = new AbortController();
  const { promise: late, resolve } = Promise.withResolvers<HealthState>();
  const cancel = clock.schedule(checkTimeoutMs, () => {
    resolve({ status: 'down', reason: `gave no answer within ${checkTimeoutMs} ms` });
    controller.abort();
  });
  try {
    return await Promise.race([answerOf(check, controller.signal, log), late]);
  } finally {
    cancel();
  }
}

/** Never rejects: a check that is still running after its time would otherwise end the process by an unhandled rejection. */
async function answerOf(check: HealthCheck, signal: AbortSignal, log: Logger): Promise<HealthState> {
  try {
    return await check.check(signal);
  } catch (error) {
    // The message of an outside error may name a host, so it goes to the log and not to the page.
    log.debug({ part: check.part, err: error }, 'check.failed');
    return { status: 'down', reason: 'the check failed; the log has the error' };
  }
}
