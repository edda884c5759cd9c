import { Timeout } from '@fairlead/server-kit/runtime';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

/** How long to wait, and for what. */
export interface UntilOptions {
  /** Longest wait in milliseconds. A hang guard, not a statement about speed (09 V-31). */
  readonly withinMs: number;
  /** What is waited for, as the end of the sentence "waited for ...". */
  readonly what: string;
}

const pollMs = 10;

/**
 * Waits until `condition` answers a truthy value, and answers that value. Asks again each 10 ms (09 V-30); a condition
 * that throws counts as not true yet.
 *
 * @throws Timeout `WAIT_EXPIRED`, with the last value or error that was seen, after `withinMs`.
 */
export async function until<Value>(
  condition: () => Value | Promise<Value>,
  { withinMs, what }: UntilOptions,
): Promise<NonNullable<Value>> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    const seen = await look(condition, deadlineMs - performance.now());
    if (isTruthy(seen.value)) return seen.value;
    if (performance.now() >= deadlineMs) throw expired({ withinMs, what }, seen);
    await delay(pollMs);
  }
}

interface Sight<Value> {
  readonly value?: Value;
  readonly error?: unknown;
  readonly isPending?: true;
}

/** One look at the condition. A look that hangs ends with the wait, or the deadline would never be reached. */
async function look<Value>(condition: () => Value | Promise<Value>, leftMs: number): Promise<Sight<Value>> {
  const abort = new AbortController();
  const expiry = delay(Math.max(leftMs, pollMs), { isPending: true } as const, { signal: abort.signal });
  try {
    return await Promise.race([ask(condition), expiry]);
  } finally {
    expiry.catch(() => undefined);
    abort.abort();
  }
}

async function ask<Value>(condition: () => Value | Promise<Value>): Promise<Sight<Value>> {
  try {
    return { value: await condition() };
  } catch (error) {
    return { error };
  }
}

function isTruthy<Value>(value: Value | undefined): value is NonNullable<Value> {
  return Boolean(value);
}

function expired({ withinMs, what }: UntilOptions, seen: Sight<unknown>): Timeout {
  return new Timeout('WAIT_EXPIRED', {
    publicMessage: `waited ${withinMs} ms for ${what}; last seen: ${describe(seen)}`,
    details: { withinMs },
    ...('error' in seen ? { cause: seen.error } : {}),
  });
}

function describe(seen: Sight<unknown>): string {
  if (seen.isPending === true) return 'no answer yet';
  if ('error' in seen) return `an error: ${seen.error instanceof Error ? seen.error.message : inspect(seen.error)}`;
  return inspect(seen.value, { depth: 4, breakLength: Number.POSITIVE_INFINITY });
}
