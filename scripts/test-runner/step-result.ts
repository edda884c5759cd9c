/** One test or check that failed. */
export interface Failure {
  /** `file > test`, or the name of a step that is not made of tests. */
  readonly name: string;
  /** The command that runs it alone. */
  readonly rerun: string;
}

/** What a step's own report says. */
export interface StepCounts {
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** Slowest files first, with their seconds; empty for a step that is one check. */
  readonly slowest: readonly { readonly file: string; readonly seconds: number }[];
}

/** How a step ended. */
export interface StepResult extends StepCounts {
  readonly name: string;
  readonly status: 'passed' | 'failed' | 'interrupted';
  readonly seconds: number;
  readonly budgetSeconds: number;
  /** Everything that the step printed. */
  readonly output: string;
  /** What the step wants seen even when it passed, a table for instance; empty when there is nothing. */
  readonly shown: string;
}
