import type { Principal } from '@fairlead/contracts';
import type { ReturnedInput } from './dialogue.ts';
import type { Cancellation } from './cancellation.ts';
import type { Logger } from '../runtime/logger.ts';

/** What a transport knows of one request. Handlers never see it; they get a `CallContext` made from it. */
export interface RequestScope {
  readonly principal: Principal;
  readonly traceId: string;
  readonly log: Logger;
  /** Happens when the caller cancels or goes away, and at the end of a drain. */
  readonly cancellation: Cancellation;
  /** Present when the caller asked for progress; its type is kept (03 P-06). */
  readonly progressToken: string | number | undefined;
  /** What came back of an earlier round, for a client that can be asked; absent for one that cannot. */
  readonly returnedInput?: ReturnedInput | undefined;
  /** Sends a notification that belongs to this request. Dropped when the caller cannot take one. */
  notify(method: string, params: Readonly<Record<string, unknown>>): void;
}
