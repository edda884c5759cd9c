import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { until } from '../waiting/until.ts';
import { startProcess } from './start-process.ts';

const node = process.execPath;
const ticking = `setInterval(() => {}, 1000); console.log('ready now');`;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The pid that a script printed as `child <pid>`. */
function childPid(lines: readonly string[]): number {
  return Number(lines.find((line) => line.startsWith('child '))?.slice('child '.length));
}

test('is ready when a line of the output matches, and gone when the scope ends', async () => {
  let pid: number;
  {
    await using started = await startProcess({ command: node, args: ['-e', ticking], readyWhen: { output: /^ready/ } });
    pid = started.pid;
    expect(started.recentOutput()).toEqual(['ready now']);
    expect(isRunning(pid)).toBe(true);
  }

  expect(isRunning(pid)).toBe(false);
});

test('is ready when the question is answered with true', async () => {
  let asked = 0;

  await using started = await startProcess({
    command: node,
    args: ['-e', ticking],
    readyWhen: { answers: () => Promise.resolve((asked += 1) === 3) },
  });

  expect(asked).toBe(3);
  expect(isRunning(started.pid)).toBe(true);
});

test('hands each line to the log', async () => {
  const lines: string[] = [];

  await using started = await startProcess({
    command: node,
    args: ['-e', `console.log('one'); console.error('two'); console.log('three')`],
    log: (line) => lines.push(line),
  });
  await started.exited;
  await until(() => lines.length === 3, { withinMs: 5_000, what: 'three lines' });

  expect(lines.toSorted()).toEqual(['one', 'three', 'two']);
});

test('passes arguments, environment and folder as they are', async () => {
  const script =
    'console.log(JSON.stringify([process.argv.slice(1), process.env.COLOUR, process.cwd()])); setInterval(() => {}, 1000)';

  await using started = await startProcess({
    command: node,
    args: ['-e', script, '--', 'a b', '$HOME', `it's`],
    env: { COLOUR: 'blue' },
    cwd: '/',
    readyWhen: { output: /./ },
  });

  expect(started.recentOutput()).toEqual([JSON.stringify([['a b', '$HOME', `it's`], 'blue', '/'])]);
});

test('answers how the process ended when it is stopped, and again when it is stopped twice', async () => {
  await using started = await startProcess({ command: node, args: ['-e', ticking], readyWhen: { output: /^ready/ } });

  const exit = await started.stop();

  expect(exit).toEqual({ code: null, signal: 'SIGTERM' });
  expect(await started.stop()).toEqual(exit);
});

test('kills the process when it ignores the stop signal', async () => {
  await using started = await startProcess({
    command: node,
    args: ['-e', `process.on('SIGTERM', () => {}); ${ticking}`],
    readyWhen: { output: /^ready/ },
    stopWithinMs: 100,
  });

  expect(await started.stop()).toEqual({ code: null, signal: 'SIGKILL' });
});

test('stops what the process started in its group', async () => {
  const script = `const c = require('node:child_process').spawn('sleep', ['300']); console.log('child ' + c.pid); ${ticking}`;
  await using started = await startProcess({ command: node, args: ['-e', script], readyWhen: { output: /^ready/ } });
  const pid = childPid(started.recentOutput());
  expect(isRunning(pid)).toBe(true);

  // SIGKILL to the leader alone: it cannot take its child along.
  process.kill(started.pid, 'SIGKILL');
  await started.stop();

  await until(() => !isRunning(pid) || isZombie(pid), { withinMs: 5_000, what: 'the child to be gone' });
});

test('refuses with the last output when the program ends before it is ready', async () => {
  const starting = startProcess({
    command: node,
    args: ['-e', `console.error('no such setting: colour'); process.exit(3)`],
    readyWhen: { output: /^ready/ },
  });

  await expect(starting).rejects.toMatchObject({
    code: 'PART_START_FAILED',
    publicMessage: expect.stringMatching(/ended with exit code 3\. Its last output:\nno such setting: colour$/),
  });
});

test('refuses when the program is not there', async () => {
  const starting = startProcess({ command: '/no/such/program', readyWhen: { output: /./ } });

  await expect(starting).rejects.toMatchObject({
    code: 'PART_START_FAILED',
    publicMessage: expect.stringContaining('/no/such/program did not start: it ended with exit code 127'),
  });
});

test('refuses when the folder is not there', async () => {
  const starting = startProcess({ command: node, cwd: '/no/such/folder', readyWhen: { output: /./ } });

  await expect(starting).rejects.toMatchObject({ code: 'PART_START_FAILED' });
});

test('refuses and ends the program when it stays silent too long', async () => {
  const pids: number[] = [];

  const starting = startProcess({
    command: node,
    args: ['-e', `console.log('child ' + process.pid); ${ticking}`],
    readyWhen: { output: /^never/ },
    readyWithinMs: 1_500,
    log: (line) => line.startsWith('child ') && pids.push(childPid([line])),
  });

  await expect(starting).rejects.toThrow('waited 1500 ms for it to be ready');
  expect(pids.map(isRunning)).toEqual([false]);
});

function isZombie(pid: number): boolean {
  return !existsSync(`/proc/${pid}/exe`);
}
