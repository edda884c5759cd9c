import { writeSync } from 'node:fs';
import { doubleProcessFile, doubleReadyLine, type DoubleReadyLine } from '@fairlead/testkit/doubles';
import { startProcess } from '@fairlead/testkit/parts';
import type { RunningPart } from './supervised-part.ts';

/** A running double of an outside system. */
export interface RunningDouble extends RunningPart {
  /** Where it answers, and with which token and targets. */
  readonly ready: DoubleReadyLine;
}

/** What a double is started with. */
export interface DoubleOptions {
  readonly system: 'github' | 'slack';
  /** 0: a free one. */
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
  /** File descriptor of the log. */
  readonly log: number;
}

/** A double is called a few times a minute; the room that Node keeps for new objects otherwise costs 20 MB. */
const smallHeap = '--max-semi-space-size=1';

/** Starts a double as a process of its own and waits until it answers. */
export async function startDouble({ system, port, environment, log }: DoubleOptions): Promise<RunningDouble> {
  const file = doubleProcessFile();
  const conditions = file.endsWith('.ts') ? ['--conditions=@fairlead/source'] : [];
  const started = await startProcess({
    command: process.execPath,
    args: [...conditions, smallHeap, file, system, String(port)],
    env: { ...environment },
    readyWhen: { output: /^\{"ready":true/ },
    stopWithinMs: 2_000,
    log: (line) => writeSync(log, `${line}\n`),
  });
  const line = started.recentOutput().find((text) => text.startsWith('{"ready":true'));
  return {
    ready: doubleReadyLine.parse(JSON.parse(line ?? '{}')),
    pid: started.pid,
    ended: started.exited.then(({ code, signal }) => signal ?? `exit code ${code}`),
    async stop() {
      await started.stop();
    },
  };
}
