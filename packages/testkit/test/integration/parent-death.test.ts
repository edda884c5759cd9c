import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startProcess, type StartedProcess } from '@fairlead/testkit/parts';
import { until } from '@fairlead/testkit/waiting';

const fixture = join(import.meta.dirname, '..', 'fixtures', 'start-then-wait.ts');
const ready = `console.log('ready'); setInterval(() => {}, 1000);`;

/** Whether a process runs; one that ended and waits to be collected does not. */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function startParent(script: string): Promise<StartedProcess> {
  return startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', fixture, process.execPath, '-e', script],
    readyWhen: { output: /^started / },
  });
}

function startedPid(parent: StartedProcess): number {
  return Number(
    parent
      .recentOutput()
      .join('\n')
      .match(/^started (\d+)$/m)?.[1],
  );
}

// TC-11: no handler of ours runs after SIGKILL.
test('ends the process within 5 s when its parent was killed', async () => {
  await using parent = await startParent(ready);
  const pid = startedPid(parent);
  expect(isRunning(pid)).toBe(true);

  process.kill(parent.pid, 'SIGKILL');

  const isGone = await until(() => !isRunning(pid), { withinMs: 5_000, what: `process ${pid} to be gone` });
  expect(isGone).toBe(true);
});

test('ends a process that ignores the stop signal when its parent was killed', async () => {
  await using parent = await startParent(`process.on('SIGTERM', () => {}); ${ready}`);
  const pid = startedPid(parent);

  process.kill(parent.pid, 'SIGKILL');

  const isGone = await until(() => !isRunning(pid), { withinMs: 5_000, what: `process ${pid} to be gone` });
  expect(isGone).toBe(true);
});
