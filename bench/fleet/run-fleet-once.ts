import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '@fairlead/testkit/parts';
import { until } from '@fairlead/testkit/waiting';
import { readProcessTree, stillRunning } from '../measure/process-tree.ts';
import { rssBytesOf, rssBytesOfProcessTree } from '../measure/rss-of-process-tree.ts';
import type { FleetCommand } from './fleet-command.ts';

/** One life of a fleet. */
export interface FleetRun {
  /** From the command to the line `fairlead: ready`. */
  readonly startSeconds: number;
  /** The most that gateway, servers, Postgres and doubles held together in the first seconds after that. */
  readonly rssBytes: number;
  /** What the process that started and watches them held at that moment. */
  readonly supervisorRssBytes: number;
  /** From SIGTERM to the end of the last process. */
  readonly stopSeconds: number;
}

const readyWithinMs = 600_000;
const goneWithinMs = 60_000;
const memoryReadings = 6;
const memoryPauseMs = 500;

/**
 * Starts a fleet, reads its memory, stops it.
 *
 * @throws Unavailable when it does not start; Timeout when a process of it is still there a minute after SIGTERM.
 */
export async function runFleetOnce(fleet: FleetCommand): Promise<FleetRun> {
  const startedMs = performance.now();
  await using started = await startProcess({
    ...fleet,
    readyWhen: { output: /^fairlead: ready$/ },
    readyWithinMs,
    stopWithinMs: goneWithinMs,
  });
  const startSeconds = secondsSince(startedMs);
  const memory = await highestRss(started.pid);
  const members = readProcessTree(started.pid);
  const stoppedMs = performance.now();
  started.kill('SIGTERM');
  await until(() => stillRunning(members).length === 0, { withinMs: goneWithinMs, what: 'the fleet to be gone' });
  return { startSeconds, ...memory, stopSeconds: secondsSince(stoppedMs) };
}

async function highestRss(pid: number): Promise<Pick<FleetRun, 'rssBytes' | 'supervisorRssBytes'>> {
  let highest = { rssBytes: 0, supervisorRssBytes: 0 };
  for (let reading = 0; reading < memoryReadings; reading += 1) {
    const supervisorRssBytes = rssBytesOf(pid);
    const rssBytes = rssBytesOfProcessTree(pid) - supervisorRssBytes;
    if (rssBytes > highest.rssBytes) highest = { rssBytes, supervisorRssBytes };
    await delay(memoryPauseMs);
  }
  return highest;
}

function secondsSince(beginMs: number): number {
  return (performance.now() - beginMs) / 1_000;
}
