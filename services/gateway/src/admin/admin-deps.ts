import type { Authenticator, KeyStore } from '@fairlead/server-kit/identity';
import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Snapshot } from '../catalog/snapshot.ts';

/** What the admin API needs of the gateway. */
export interface AdminDeps {
  readonly authenticator: Authenticator;
  readonly snapshot: () => Snapshot;
  /** Absent: the config names no key file. */
  readonly keys: KeyStore | undefined;
  /** Roles that a key may have: those of the config. */
  readonly roles: ReadonlySet<string>;
  readonly audit: { append(entry: AuditEntry): void };
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
}
