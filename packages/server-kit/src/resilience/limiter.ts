import type { LimitConfig } from '@fairlead/contracts';
import type { Clock } from '../runtime/clock.ts';
import { compileLimitRule, type LimitedCall, type LimitRule } from './limit-rule.ts';
import { LimitStates, type LimitState } from './limit-states.ts';

/** The answer of a limiter. `rule` is the rule's place in the config, such as `limits[2]`. */
export type LimitDecision =
  | {
      readonly allowed: true;
      /** Gives back the call's places in `concurrency` rules. Calling it twice does nothing more. */
      release(): void;
    }
  | {
      readonly allowed: false;
      /** How long to wait before it can work, in milliseconds; 1000 when calls in flight have to end first. */
      readonly retryAfterMs: number;
      readonly rule: string;
      readonly kind: 'rate' | 'concurrency';
    };

/** Lets calls through or says how long to wait. */
export interface Limiter {
  take(call: LimitedCall): LimitDecision;
  /**
   * A limiter of other rules, for a config that was reloaded. A rule that this one has too keeps its counts, wherever it
   * stands by then; calls in flight go on holding their places.
   */
  withRules(rules: readonly LimitConfig[]): Limiter;
}

/** The rules of a limiter and its bounds. */
export interface LimiterOptions {
  readonly rules: readonly LimitConfig[];
  readonly clock: Clock;
  /** Most keys that one rule remembers; the oldest one without a call in flight is forgotten first. Default 100,000. */
  readonly keysMax?: number;
}

/** A rule with its counts, and the text by which it is found again. */
interface KeptRule {
  readonly text: string;
  readonly rule: LimitRule;
  readonly keys: LimitStates;
}

interface Claim {
  readonly rule: LimitRule;
  readonly state: LimitState;
}

const concurrencyRetryAfterMs = 1_000;

/**
 * Creates the limiter that keeps its counts in this process (04 G-42).
 *
 * Every rule that matches a call must let it pass; when one does not, nothing is taken from any. A key that is idle
 * until its bucket is full again is forgotten.
 */
export function createLimiter({ rules, clock, keysMax = 100_000 }: LimiterOptions): Limiter {
  return limiterOf(keepRules(rules, [], keysMax), clock, keysMax);
}

/** The rules with their counts: those of `before` where the rule is the same, else new ones. */
function keepRules(rules: readonly LimitConfig[], before: readonly KeptRule[], keysMax: number): readonly KeptRule[] {
  const free = [...before];
  return rules.map((config, index) => {
    const text = JSON.stringify(config);
    const rule = compileLimitRule(config, `limits[${index}]`);
    const at = free.findIndex((kept) => kept.text === text);
    // Taken out, so that two equal rules do not count by one bucket.
    const [known] = at === -1 ? [] : free.splice(at, 1);
    return { text, rule, keys: known?.keys ?? new LimitStates(rule, keysMax) };
  });
}

function limiterOf(kept: readonly KeptRule[], clock: Clock, keysMax: number): Limiter {
  return {
    withRules: (rules) => limiterOf(keepRules(rules, kept, keysMax), clock, keysMax),
    take(call) {
      const nowMs = clock.monotonicMs();
      const claims: Claim[] = [];
      let refusal: LimitDecision | undefined;
      for (const { rule, keys } of kept) {
        if (!rule.matches(call)) continue;
        const state = keys.of(rule.keyOf(call), nowMs);
        refusal = longerWait(refusal, refuse(rule, state, nowMs));
        claims.push({ rule, state });
      }
      if (refusal) return refusal;
      for (const { state } of claims) state.bucket.take();
      const held = claims.filter(({ rule }) => rule.concurrency !== undefined);
      return held.length === 0 ? allowed : allowedUntilReleased(held);
    },
  };
}

const allowed: LimitDecision = Object.freeze({ allowed: true, release() {} });

function refuse(rule: LimitRule, state: LimitState, nowMs: number): LimitDecision | undefined {
  const waitMs = state.bucket.waitMs(nowMs);
  if (waitMs > 0) return { allowed: false, retryAfterMs: waitMs, rule: rule.name, kind: 'rate' };
  if (rule.concurrency === undefined || state.inFlight < rule.concurrency) return undefined;
  return { allowed: false, retryAfterMs: concurrencyRetryAfterMs, rule: rule.name, kind: 'concurrency' };
}

/** The caller has to outwait every rule, so the longest wait is the true answer. */
function longerWait(first: LimitDecision | undefined, second: LimitDecision | undefined): LimitDecision | undefined {
  if (first === undefined || first.allowed) return second;
  if (second === undefined || second.allowed) return first;
  return second.retryAfterMs > first.retryAfterMs ? second : first;
}

function allowedUntilReleased(claims: readonly Claim[]): LimitDecision {
  for (const { state } of claims) state.inFlight += 1;
  let released = false;
  return {
    allowed: true,
    release() {
      if (released) return;
      released = true;
      for (const { state } of claims) state.inFlight -= 1;
    },
  };
}
