import { expect, test } from 'vitest';
import { auditEvent } from './audit-event.ts';

const event = {
  seq: 1,
  at: '2026-11-28T05:00:00.000Z',
  traceId: '0af7651916cd43dd8448eb211c80319c',
  method: 'tools/call',
  decision: { outcome: 'hidden' },
  outcome: 'refused',
  ms: 0.4,
  bytes: 120,
};

test('takes a refusal of a caller that nobody knows', () => {
  expect(auditEvent.parse(event)).toEqual(event);
});

test('G-68: has no room for arguments or results', () => {
  for (const extra of [{ arguments: { sql: 'select 1' } }, { args: {} }, { result: {} }]) {
    expect(auditEvent.safeParse({ ...event, ...extra }).success).toBe(false);
  }
});
