import { createSealer, systemClock } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { callerWith } from '../../test/support/make-snapshot.ts';
import { GatewaySessions } from './gateway-sessions.ts';

const ana = callerWith(['*']);
const ben = { ...callerWith(['*']), sub: 'ben' };

function replica(): GatewaySessions {
  const sealer = createSealer({
    masterKey: Buffer.alloc(32, 'one master key'),
    purpose: 'gateway session',
    clock: systemClock,
  });
  return new GatewaySessions(sealer, systemClock);
}

test('03 G2: any replica opens a session, with what its client can be asked for', () => {
  const id = replica().begin({ elicitation: { form: {} }, experimental: { x: {} } }, undefined, ana);

  expect(replica().open(id, undefined, ana)?.capabilities).toEqual({ elicitation: { form: {} } });
});

test('06 N05: it opens for its caller and its route alone', () => {
  const sessions = replica();
  const id = sessions.begin({}, 'data', ana);

  expect(sessions.open(id, 'data', ana)).toBeDefined();
  expect(sessions.open(id, 'data', ben)).toBeUndefined();
  expect(sessions.open(id, undefined, ana)).toBeUndefined();
  expect(sessions.open(id, 'devops', ana)).toBeUndefined();
  expect(sessions.open('invented', 'data', ana)).toBeUndefined();
});

test('03 G1: an ended session opens no more', () => {
  const sessions = replica();
  const id = sessions.begin({}, undefined, ana);
  const session = sessions.open(id, undefined, ana);
  if (session !== undefined) sessions.end(session);

  expect(session).toBeDefined();
  expect(sessions.open(id, undefined, ana)).toBeUndefined();
});

test('whatever a client declares, its session id fits into a header', () => {
  const id = replica().begin(
    { sampling: { tools: 'x'.repeat(100_000) }, roots: { listChanged: true } },
    undefined,
    ana,
  );

  expect(id.length).toBeLessThan(4_096);
  expect(replica().open(id, undefined, ana)?.capabilities).toEqual({ sampling: {}, roots: { listChanged: true } });
});
