import { systemClock, type Clock } from './clock.ts';

/** Ends the process's parts. `deadlineMs` is there when less time is left than the process's own drain time. */
export type StopProcess = (reason: string, deadlineMs?: number) => Promise<void>;

/** The part of `process` that signals need; a test passes a double. */
export interface SignalSource {
  on(event: 'SIGTERM' | 'SIGINT' | 'disconnect', listener: () => void): unknown;
  /** Without a code: the process's own exit code, 0 unless something set it. */
  exit(code?: number): void;
  /** Whether the channel to the supervisor is open; absent without a supervisor. */
  readonly connected?: boolean;
  readonly channel?: { unref(): void } | null | undefined;
}

const oneSignalMs = 500;
const orphanDeadlineMs = 4_000;
const orphanExitMs = 4_900;
const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Stops the process on SIGTERM and SIGINT, then exits with 0, or with the exit code that was set. A further signal exits at once with 128 plus its number;
 * one within 500 ms counts as the same, because a terminal signals the whole group and a supervisor passes it on.
 * Under a supervisor with a channel, its death stops the process within 5 s (02 TC-11).
 */
export function onSignals(stop: StopProcess, source: SignalSource = process, clock: Clock = systemClock): void {
  let firstMs: number | undefined;

  function stopOnce(reason: string, deadlineMs?: number): void {
    firstMs ??= clock.monotonicMs();
    void stop(reason, deadlineMs).then(
      () => source.exit(),
      () => source.exit(1),
    );
  }

  function signalled(signal: keyof typeof signalNumbers): void {
    if (firstMs === undefined) stopOnce(signal);
    else if (clock.monotonicMs() - firstMs > oneSignalMs) source.exit(128 + signalNumbers[signal]);
  }

  function orphaned(): void {
    clock.schedule(orphanExitMs, () => source.exit(1));
    stopOnce('supervisor gone', orphanDeadlineMs);
  }

  source.on('SIGTERM', () => signalled('SIGTERM'));
  source.on('SIGINT', () => signalled('SIGINT'));
  source.on('disconnect', orphaned);
  // The listener alone would keep a process alive that has nothing left to do.
  source.channel?.unref();
  if (source.connected === false) orphaned();
}
