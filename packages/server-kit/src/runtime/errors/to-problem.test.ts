import { problem } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { coreErrorCodes } from './error-codes.ts';
import { InvalidInput, RateLimited, Unavailable } from './errors.ts';
import { toProblem } from './to-problem.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

test('shows the public side of a known error', () => {
  const error = new RateLimited('LIMIT_RATE', {
    message: 'bucket of alice is empty',
    publicMessage: 'Too many calls. Wait 2 s.',
    details: { retryAfterMs: 2_000 },
  });

  expect(problem.parse(toProblem(error, traceId))).toEqual({
    type: 'urn:fairlead:error:LIMIT_RATE',
    title: 'Too Many Requests',
    status: 429,
    detail: 'Too many calls. Wait 2 s.',
    code: 'LIMIT_RATE',
    retryable: true,
    details: { retryAfterMs: 2_000 },
    traceId,
  });
});

test('says what to do, when the error does', () => {
  const error = new InvalidInput('INPUT_INVALID', { publicMessage: 'No.', fix: 'Send JSON.' });

  expect(toProblem(error, traceId)).toMatchObject({ fix: 'Send JSON.' });
});

test('shows nothing of an unknown error but the id that finds it', () => {
  for (const error of [new Error('connect db.internal:5432 as root'), 'canary', undefined, { code: 'X' }]) {
    const shown = toProblem(error, traceId);

    expect(shown).toMatchObject({ status: 500, code: 'INTERNAL', retryable: false, traceId });
    expect(JSON.stringify(shown)).not.toMatch(/db\.internal|canary/);
  }
});

test('does not show the inside of a known error', () => {
  const error = new Unavailable('UPSTREAM_DOWN', {
    message: 'canary',
    publicMessage: 'Down.',
    cause: new Error('canary'),
  });

  expect(JSON.stringify(toProblem(error, traceId))).not.toContain('canary');
});

test('has only codes of the form AREA_REASON, each with a status and a sentence', () => {
  for (const [code, entry] of Object.entries(coreErrorCodes)) {
    expect(code).toMatch(/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/);
    expect(entry.status).toBeGreaterThanOrEqual(400);
    expect(entry.docs).toMatch(/^[A-Z].*\.$/);
  }
  expect(Object.isFrozen(coreErrorCodes)).toBe(true);
});
