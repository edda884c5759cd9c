import { createFakeClock, type FakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { SupervisedPart, type RunningPart } from './supervised-part.ts';

interface FakePart extends RunningPart {
  die(reason: string): void;
  readonly stops: readonly string[];
}

/** A part that runs until the test, or a stop, ends it. */
function fakePart(pid: number): FakePart {
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  const stops: string[] = [];
  return {
    pid,
    ended,
    stops,
    die: resolve,
    async stop() {
      stops.push('stop');
      resolve('SIGTERM');
      await ended;
    },
  };
}

/** A supervised part whose starts the test decides: each is a part, or an error that it fails with. */
async function supervise(starts: readonly (FakePart | Error)[], clock: FakeClock) {
  const lines: string[] = [];
  const restarted: number[] = [];
  const queue = [...starts];
  const part = await SupervisedPart.start<RunningPart>({
    name: 'data',
    clock,
    report: (line) => lines.push(line),
    onRestart: ({ pid }) => restarted.push(pid),
    async start() {
      const next = queue.shift();
      if (next === undefined) throw new RangeError('one start too many');
      if (next instanceof Error) throw next;
      return next;
    },
  });
  return { part, lines, restarted };
}

test('starts a part again that died, after 0.5 s, and says so in one line', async () => {
  const clock = createFakeClock();
  const [first, second] = [fakePart(1), fakePart(2)];
  const { part, lines, restarted } = await supervise([first, second], clock);

  first.die('SIGKILL');
  await clock.advance(499);
  expect(part.running.pid).toBe(1);
  await clock.advance(1);

  expect(part.running.pid).toBe(2);
  expect(restarted).toEqual([2]);
  expect(lines).toEqual(['data ended (SIGKILL); starting it again in 0.5 s']);
});

test('tries again, later each time, when the part does not start', async () => {
  const clock = createFakeClock();
  const [first, last] = [fakePart(1), fakePart(4)];
  const { part, lines } = await supervise([first, new Error('port taken\nat x'), new Error('port taken'), last], clock);

  first.die('exit code 1');
  await clock.advance(500 + 1_000 + 2_000);

  expect(part.running.pid).toBe(4);
  expect(lines).toEqual([
    'data ended (exit code 1); starting it again in 0.5 s',
    'data did not start (port taken); starting it again in 1 s',
    'data did not start (port taken); starting it again in 2 s',
  ]);
});

test('starts nothing after a stop, neither at once nor later', async () => {
  const clock = createFakeClock();
  const first = fakePart(1);
  const { part, lines } = await supervise([first], clock);

  await part.stop();
  await clock.advance(120_000);

  expect(first.stops).toEqual(['stop']);
  expect(lines).toEqual([]);
});

test('starts nothing when it is stopped between two starts', async () => {
  const clock = createFakeClock();
  const first = fakePart(1);
  const { part, lines } = await supervise([first], clock);
  first.die('exit code 1');
  await clock.advance(100);

  await part.stop();
  await clock.advance(120_000);

  expect(clock.pending).toBe(0);
  expect(lines).toHaveLength(1);
});

test('takes the place of a part at once when a restart is wanted', async () => {
  const clock = createFakeClock();
  const [first, second] = [fakePart(1), fakePart(2)];
  const { part, lines } = await supervise([first, second], clock);

  part.restart('source changed');
  part.restart('source changed');
  await clock.advance(0);

  expect(first.stops).toEqual(['stop']);
  expect(part.running.pid).toBe(2);
  expect(lines).toEqual(['source changed; starting data again']);
});

test('fails when the first start fails', async () => {
  await expect(supervise([new Error('no such program')], createFakeClock())).rejects.toThrow('no such program');
});
