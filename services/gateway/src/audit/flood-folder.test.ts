import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import type { AuditEntry } from './audit-entry.ts';
import { FloodFolder } from './flood-folder.ts';

const refusal: AuditEntry = {
  traceId: 't',
  principal: undefined,
  address: '10.0.0.1',
  method: 'POST',
  decision: { outcome: 'unauthenticated', code: 'AUTH_INVALID' },
  outcome: 'refused',
  code: 'AUTH_INVALID',
  ms: 0,
  bytes: 0,
};

function setUp() {
  const clock = createFakeClock();
  const written: { address: string | undefined; count: number | undefined }[] = [];
  return { clock, written, folder: new FloodFolder(clock, ({ address }, count) => written.push({ address, count })) };
}

test('04 G-67: the first refusal is written at once, those of the next second as one with their count', async () => {
  const { clock, written, folder } = setUp();
  for (let time = 0; time < 500; time += 1) folder.add(refusal);

  expect(written).toEqual([{ address: '10.0.0.1', count: undefined }]);
  await clock.advance(1_000);
  expect(written).toEqual([
    { address: '10.0.0.1', count: undefined },
    { address: '10.0.0.1', count: 499 },
  ]);
});

test('other sources and reasons are not mixed in', async () => {
  const { clock, written, folder } = setUp();
  folder.add(refusal);
  folder.add({ ...refusal, address: '10.0.0.2' });
  folder.add({ ...refusal, code: 'AUTH_EXPIRED' });
  await clock.advance(2_000);

  expect(written).toHaveLength(3);
  expect(clock.pending).toBe(0);
});

test('nothing that is folded is lost at the end', () => {
  const { written, folder } = setUp();
  folder.add(refusal);
  folder.add(refusal);
  folder.flush();

  expect(written.map(({ count }) => count)).toEqual([undefined, 1]);
});
