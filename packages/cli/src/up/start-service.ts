import { systemClock } from '@fairlead/server-kit/runtime';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import { openLog } from './open-log.ts';
import { readLogTail } from './read-log-tail.ts';
import type { Environment } from './service-environment.ts';
import { spawnService } from './spawn-service.ts';
import { SupervisedPart, type RunningPart } from './supervised-part.ts';
import { waitUntilReady } from './wait-until-ready.ts';

/** What one service of the fleet is started with. */
export interface ServiceStart {
  readonly name: string;
  readonly folder: string;
  /** Arguments to Node. */
  readonly command: readonly string[];
  /** Made anew for each process: parts may have moved since the last one. */
  readonly environment: () => Environment;
  readonly logs: string;
  /** Base address of its ops server. */
  readonly ops: string;
  readonly signal: AbortSignal;
  readonly report: (line: string) => void;
  /** Gets the started service before it is waited for, so that it is stopped whatever comes. */
  readonly onStart: (service: SupervisedPart) => void;
  readonly onRestart: () => void;
}

const readyWithinMs = 60_000;
/** With the parts' own stop after it, the whole fleet is gone within 10 s (01 §3). */
const stopWithinMs = 8_500;

/**
 * Starts a service and waits until it is ready.
 *
 * @throws CliError (usage) with the last lines of its log, when it ends or is not ready in 60 seconds.
 */
export async function startService(options: ServiceStart): Promise<SupervisedPart> {
  const log = openLog(options.logs, options.name);
  // Until the first one is ready its end is a failed start, which is told as such.
  let isReady = false;
  const service = await SupervisedPart.start<RunningPart>({
    name: options.name,
    clock: systemClock,
    report: (line) => isReady && options.report(line),
    onRestart: options.onRestart,
    start: () =>
      spawnService({
        command: options.command,
        cwd: options.folder,
        environment: options.environment(),
        log: log.descriptor,
        stopWithinMs,
      }),
  });
  options.onStart(service);
  await waitForFirstReady(service, log.file, options);
  isReady = true;
  return service;
}

async function waitForFirstReady(
  service: SupervisedPart,
  log: string,
  { name, ops, signal }: ServiceStart,
): Promise<void> {
  const done = new AbortController();
  const deadline = AbortSignal.timeout(readyWithinMs);
  const failed = service.running.ended.then((reason) => {
    throw notStarted(name, reason, log);
  });
  try {
    const waiting = AbortSignal.any([signal, deadline, done.signal]);
    await Promise.race([waitUntilReady({ ops, signal: waiting, fetch }), failed]);
  } catch (error) {
    throw deadline.aborted ? notStarted(name, `not ready in ${readyWithinMs / 1_000} s`, log) : error;
  } finally {
    done.abort();
    // Its end after this point is the supervisor's business.
    failed.catch(() => undefined);
  }
}

function notStarted(name: string, reason: string, log: string): CliError {
  const tail = readLogTail(log);
  const lines = tail === '' ? '' : ` Its last lines:\n${tail}`;
  return new CliError(exitCode.usage, `${name} did not start (${reason}).${lines}`, { fix: `mend what ${log} says` });
}
