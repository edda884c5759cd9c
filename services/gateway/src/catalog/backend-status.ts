/**
 * State of a server: `starting` until its first discovery ended, `up`, `degraded` when a list of it was refused or cut,
 * `down` when its last discovery failed.
 */
export type BackendState = 'starting' | 'up' | 'degraded' | 'down';

/** What the status of a server says. */
export interface BackendStatus {
  readonly state: BackendState;
  readonly since: Date;
  /** Why it is down; a code or a short phrase without address or credential. */
  readonly lastError: string | undefined;
  readonly nextTryAt: Date | undefined;
  /** Since when its shown lists may be out of date; undefined while they are not. */
  readonly staleSince: Date | undefined;
}
