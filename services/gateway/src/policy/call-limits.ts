import type { LimitConfig } from '@fairlead/contracts';
import { principalKey } from '@fairlead/server-kit/identity';
import { createLimiter, type LimitDecision, type LimitedCall, type Limiter } from '@fairlead/server-kit/resilience';
import type { Clock } from '@fairlead/server-kit/runtime';
import { InFlight } from './in-flight.ts';

/** Calls and streams that one caller may have open at a time (04 G-42). */
const CALLS_MAX = 64;
const STREAMS_MAX = 16;
/** Wait that is told to a caller whose own calls have to end first. */
const RETRY_AFTER_MS = 1_000;

/** The limits of a call: the config's rules, and how much one caller may have in flight. */
export class CallLimits {
  readonly #limiter: Limiter;
  readonly #calls = new InFlight(CALLS_MAX);
  readonly #streams = new InFlight(STREAMS_MAX);

  constructor(rules: readonly LimitConfig[], clock: Clock) {
    this.#limiter = createLimiter({ rules, clock });
  }

  /** Asks all limits that apply; when one refuses, nothing is taken from any. */
  take(call: LimitedCall): LimitDecision {
    const leave = this.#calls.enter(principalKey(call.principal));
    if (leave === undefined) return refused(`${CALLS_MAX} calls at a time`);
    const decision = this.#limiter.take(call);
    if (!decision.allowed) {
      leave();
      return decision;
    }
    return {
      allowed: true,
      release() {
        leave();
        decision.release();
      },
    };
  }

  /** Asks for one more open stream. */
  takeStream({ principal }: Pick<LimitedCall, 'principal'>): LimitDecision {
    const release = this.#streams.enter(principalKey(principal));
    return release === undefined ? refused(`${STREAMS_MAX} streams at a time`) : { allowed: true, release };
  }
}

function refused(rule: string): LimitDecision {
  return { allowed: false, retryAfterMs: RETRY_AFTER_MS, rule, kind: 'concurrency' };
}
