import type { BenchOptions } from './bench-options.ts';
import type { LoadGenerator } from './load/load-generator.ts';

/** What every area measures with. */
export interface Bench {
  readonly options: BenchOptions;
  readonly load: LoadGenerator;
  /** A folder of this run; it goes with it. */
  readonly folder: string;
  /** Tells the user what happens now. */
  readonly say: (line: string) => void;
}
