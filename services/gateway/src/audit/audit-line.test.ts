import { auditEvent } from '@fairlead/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callerWith } from '../../test/support/make-snapshot.ts';
import type { AuditEntry } from './audit-entry.ts';
import { auditLine } from './audit-line.ts';

const at = new Date('2026-11-20T20:00:00.000Z');
const entry: AuditEntry = {
  traceId: 'a'.repeat(32),
  principal: { ...callerWith(['*']), tenant: 'acme', issuer: 'https://idp' },
  address: '127.0.0.1',
  method: 'tools/call',
  server: 'data',
  tool: 'data__query',
  effect: 'read',
  decision: { outcome: 'allow', rule: 'data:*' },
  argsDigest: 'abc',
  outcome: 'ok',
  ms: 1.23456,
  bytes: 10,
};

test('writes what the contract of an audit event asks for, in one order', () => {
  const line = auditLine(entry, { seq: 7, at });

  expect(line.endsWith('}\n')).toBe(true);
  expect(auditEvent.parse(JSON.parse(line))).toEqual({
    seq: 7,
    at: '2026-11-20T20:00:00.000Z',
    traceId: 'a'.repeat(32),
    principal: {
      sub: 'ana',
      issuer: 'https://idp',
      keyId: 'abcdefgh2345',
      tenant: 'acme',
      roles: ['tester'],
      via: 'key',
    },
    address: '127.0.0.1',
    method: 'tools/call',
    server: 'data',
    tool: 'data__query',
    effect: 'read',
    decision: { outcome: 'allow', rule: 'data:*' },
    argsDigest: 'abc',
    outcome: 'ok',
    ms: 1.235,
    bytes: 10,
  });
});

test('whatever text a caller sends, a record stays one line of JSON', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (method, tool) => {
      const line = auditLine({ ...entry, method, tool }, { seq: 1, at, count: 3 });

      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(auditEvent.parse(JSON.parse(line))).toMatchObject({ method, tool, count: 3 });
    }),
    { numRuns: 200 },
  );
});
