import { expect, test } from 'vitest';
import { WorkerChannel, WorkerFailure } from './worker-channel.ts';

interface EchoOperations extends Readonly<Record<string, (input: never) => unknown>> {
  readonly echo: (text: string) => string;
  readonly fail: (text: string) => never;
  readonly end: (code: number) => never;
}

// A worker of the test's own: the channel knows nothing of what its workers do.
const entry = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ id, operation, input }) => {
      if (operation === 'end') process.exit(input);
      if (operation === 'fail') parentPort.postMessage({ id, kind: 'failure', message: input, resultCode: 5 });
      else parentPort.postMessage({ id, kind: 'result', value: input });
    });
  `)}`,
);
const createChannel = (): WorkerChannel<EchoOperations> =>
  new WorkerChannel<EchoOperations>({ name: 'echo', entry, data: undefined });

test('answers calls with their own results', async () => {
  const channel = createChannel();

  expect(await Promise.all(['a', 'b', 'c'].map((text) => channel.call('echo', text)))).toEqual(['a', 'b', 'c']);
  expect(channel.waiting).toBe(0);
  await channel.close();
});

test('carries the reason and the code of a failure', async () => {
  const channel = createChannel();

  await expect(channel.call('fail', 'busy')).rejects.toMatchObject({ message: 'busy', resultCode: 5 });
  await channel.close();
});

test('fails the open calls of a worker that dies, and starts another for the next', async () => {
  const channel = createChannel();

  await expect(channel.call('end', 1)).rejects.toThrow(WorkerFailure);
  expect(await channel.call('echo', 'again')).toBe('again');
  await channel.close();
});

test('fails open calls when it is ended, and refuses calls when it is closed', async () => {
  const channel = createChannel();
  const open = channel.call('echo', 'late').catch((error: unknown) => error);
  await channel.terminate('took too long');
  expect(await open).toMatchObject({ message: 'echo: took too long' });

  await channel.close();

  await expect(channel.call('echo', 'x')).rejects.toThrow('echo is closed');
});
