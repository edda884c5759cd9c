import { inject } from 'vitest';

/** The fleet that all test files share, as it was when it became ready. */
export interface SharedFleet {
  readonly stateFolder: string;
  /** What the start printed. */
  readonly output: readonly string[];
  /** The repository before and after the start; absent when it is no git checkout. */
  readonly gitStatus?: { readonly before: string; readonly after: string } | undefined;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Given by `fleet-setup`. */
    sharedFleet: SharedFleet;
  }
}

/** The fleet that all test files share. A test that stops, kills or freezes a part of it starts its own instead. */
export function sharedFleet(): SharedFleet {
  return inject('sharedFleet');
}
