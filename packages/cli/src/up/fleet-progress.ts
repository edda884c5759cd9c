/** Shows how the start of a fleet goes. */
export interface FleetProgress {
  /** Writes one line that stands alone. */
  readonly say: (text: string) => void;
  /** Runs one piece of work and writes a line with its seconds when it is done. `describe` makes the line's text. */
  step<Result>(name: string, work: () => Promise<Result>, describe: (result: Result) => string): Promise<Result>;
}

const nameWidth = 12;

/** Makes the progress of a start, one line a step. */
export function createFleetProgress(write: (line: string) => void): FleetProgress {
  return {
    say: write,
    async step(name, work, describe) {
      const startedMs = performance.now();
      const result = await work();
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(1);
      write(`  ${name.padEnd(nameWidth)}${describe(result)}  (${seconds} s)`);
      return result;
    },
  };
}
