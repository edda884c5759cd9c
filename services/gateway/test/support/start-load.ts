/** What came of a load. */
export interface LoadResult {
  readonly sent: number;
  /** What was answered otherwise than expected. */
  readonly failures: readonly string[];
}

/** Calls that go on until they are stopped. */
export interface Load {
  readonly result: LoadResult;
  /** Waits for the calls that are under way. */
  stop(): Promise<LoadResult>;
}

/**
 * Sends calls without a pause, `lanes` of them at a time. `send` answers undefined when all is well, else what was wrong.
 */
export function startLoad(lanes: number, send: () => Promise<string | undefined>): Load {
  const failures: string[] = [];
  const stopped = new AbortController();
  const result = { sent: 0, failures };
  const lane = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const failure = await send().catch(String);
      result.sent += 1;
      if (failure !== undefined) failures.push(failure);
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, lane));
  return {
    result,
    async stop() {
      stopped.abort();
      await running;
      return result;
    },
  };
}
