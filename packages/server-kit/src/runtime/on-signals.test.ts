import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { onSignals, type SignalSource } from './on-signals.ts';

/** A double of `process`: emits what a test says and remembers exits. */
class ProcessDouble extends EventEmitter implements SignalSource {
  readonly exits: (number | undefined)[] = [];
  readonly connected: boolean;

  constructor(connected = true) {
    super();
    this.connected = connected;
  }

  exit(code?: number): void {
    this.exits.push(code);
  }
}

test.each(['SIGTERM', 'SIGINT'])('stops on %s, then exits with the process’s own code', async (signal) => {
  const source = new ProcessDouble();
  const reasons: unknown[] = [];
  const stopping = Promise.withResolvers<void>();
  const clock = createFakeClock();
  onSignals((...given) => (reasons.push(given), stopping.promise), source, clock);

  source.emit(signal);
  await clock.advance(0);
  expect(source.exits).toEqual([]);

  stopping.resolve();
  await clock.advance(0);
  expect(source.exits).toEqual([undefined]);
  expect(reasons).toEqual([[signal, undefined]]);
});

test('takes two signals at once for one: a terminal and a supervisor send the same Ctrl-C', async () => {
  const source = new ProcessDouble();
  const clock = createFakeClock();
  onSignals(() => new Promise(() => undefined), source, clock);

  source.emit('SIGINT');
  await clock.advance(500);
  source.emit('SIGTERM');

  expect(source.exits).toEqual([]);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
])('exits at once on a later %s', async (signal, code) => {
  const source = new ProcessDouble();
  const clock = createFakeClock();
  onSignals(() => new Promise(() => undefined), source, clock);

  source.emit('SIGTERM');
  await clock.advance(501);
  source.emit(signal);

  expect(source.exits).toEqual([code]);
});

test('exits with 1 when the stop fails', async () => {
  const source = new ProcessDouble();
  const clock = createFakeClock();
  onSignals(() => Promise.reject(new Error('no')), source, clock);

  source.emit('SIGTERM');
  await clock.advance(0);

  expect(source.exits).toEqual([1]);
});

test('stops soon when the supervisor is gone, and within 5 s whatever hangs (02 TC-11)', async () => {
  const source = new ProcessDouble();
  const clock = createFakeClock();
  const reasons: unknown[] = [];
  onSignals((...given) => (reasons.push(given), new Promise(() => undefined)), source, clock);

  source.emit('disconnect');
  await clock.advance(4_999);

  expect(reasons).toEqual([['supervisor gone', 4_000]]);
  expect(source.exits).toEqual([1]);
});

test('stops at once when the supervisor went before it was asked', async () => {
  const source = new ProcessDouble(false);
  const clock = createFakeClock();
  onSignals(async () => undefined, source, clock);

  await clock.advance(0);

  expect(source.exits).toEqual([undefined]);
});

async function startChild(): Promise<ChildProcess> {
  const onSignalsPath = fileURLToPath(new URL('on-signals.ts', import.meta.url));
  const script = `
    import { createServer } from 'node:net';
    import { onSignals } from ${JSON.stringify(onSignalsPath)};
    const server = createServer().listen(0);
    onSignals(async () => void server.close());
    process.send('ready');`;
  const child = fork('-', {
    execArgv: ['--input-type=module', '--eval', script],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return child;
}

test('ends a real process with 0 on SIGTERM', async () => {
  const child = await startChild();

  child.kill('SIGTERM');

  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('ends a real process when its supervisor closes the channel', async () => {
  const child = await startChild();

  child.disconnect();

  expect(await once(child, 'exit')).toEqual([0, null]);
});
