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

/** What the path of a call asks of the limits. */
export type CallGuard = Pick<CallLimits, 'take' | 'takeStream'>;

/** The limits of a call: the config's rules, and how much one caller may have in flight. */
export class CallLimits {
  readonly #clock: Clock;
  readonly #limiter: Limiter;
  readonly #calls: InFlight;
  readonly #streams: InFlight;

  /** `before`: the limits of a config that this one takes the place of; what they count goes on (04 G-83). */
  constructor(rules: readonly LimitConfig[], clock: Clock, before?: CallLimits) {
    this.#clock = clock;
    this.#limiter = before === undefined ? createLimiter({ rules, clock }) : before.#limiter.withRules(rules);
    this.#calls = before === undefined ? new InFlight(CALLS_MAX) : before.#calls;
    this.#streams = before === undefined ? new InFlight(STREAMS_MAX) : before.#streams;
  }

  /** The limits by other rules. Rules that stay the same keep their buckets, and callers what they have in flight. */
  withRules(rules: readonly LimitConfig[]): CallLimits {
    return new CallLimits(rules, this.#clock, this);
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
