import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEvent, type AuditEvent } from '@fairlead/contracts';
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { afterAll, expect, test } from 'vitest';
import type { AuditEntry } from './audit-entry.ts';
import { AuditLog } from './audit-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'fairlead-audit-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const log = createLogger({ name: 'test', level: 'silent' });
const entry: AuditEntry = {
  traceId: 't',
  principal: undefined,
  address: undefined,
  method: 'tools/call',
  decision: { outcome: 'allow' },
  outcome: 'ok',
  ms: 0,
  bytes: 0,
};

function open(file: string): Promise<AuditLog> {
  return AuditLog.open({ file, clock: systemClock, log });
}

function readRecords(file: string): readonly AuditEvent[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => auditEvent.parse(JSON.parse(line)));
}

test('04 G-67: every record is in the file, in order and without a gap, when the log is closed', async () => {
  const file = join(folder, 'deep', 'all.jsonl');
  const audit = await open(file);
  for (let call = 0; call < 5_000; call += 1) audit.append({ ...entry, bytes: call });
  await audit.close();

  expect(readRecords(file).map(({ seq, bytes }) => [seq, bytes])).toEqual(
    Array.from({ length: 5_000 }, (_value, index) => [index + 1, index]),
  );
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a second start goes on after the last record', async () => {
  const file = join(folder, 'second.jsonl');
  for (let start = 0; start < 2; start += 1) {
    const audit = await open(file);
    audit.append(entry);
    await audit.close();
  }

  expect(readRecords(file).map(({ seq }) => seq)).toEqual([1, 2]);
});

test('a record that a crash cut off does not spoil the next one', async () => {
  const file = join(folder, 'cut.jsonl');
  const first = await open(file);
  first.append(entry);
  await first.close();
  appendFileSync(file, '{"seq":2,"at":"2026-');
  const second = await open(file);
  second.append(entry);
  await second.close();

  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(auditEvent.parse(JSON.parse(lines[2] ?? '')).seq).toBe(3);
});

test('what cannot be written is kept, shown, and written once it can be', async () => {
  const audit = await AuditLog.open({ file: '/dev/full', clock: systemClock, log });
  audit.append(entry);
  await audit.flush();

  expect(await audit.health.check(AbortSignal.timeout(1_000))).toMatchObject({ status: 'down' });
  expect(audit.isFull).toBe(false);
  await audit.close();
});
