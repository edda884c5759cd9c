import type { GatewayConfig } from '@fairlead/contracts';
import type { Authenticator, KeyStore } from '@fairlead/server-kit/identity';
import type { Clock, Logger, ServiceError } from '@fairlead/server-kit/runtime';
import type { AuditEntry } from '../audit/audit-entry.ts';
import type { Snapshot } from '../catalog/snapshot.ts';
import type { ReloadResult } from '../reload/config-reloader.ts';

/** The config as the admin API sees it. */
export interface ConfigAdmin {
  /** The config in force, and how it stands to the file. */
  show(): ConfigView;
  /** Looks at the file now. @throws ServiceError that names each mistake with its line. */
  reload(): Promise<ReloadResult>;
}

/** A config with what is to be known of it. */
export interface ConfigView {
  readonly config: GatewayConfig;
  readonly file: string;
  readonly digest: string;
  readonly loadedAt: Date;
  /** Why the file on the disk is not in force; undefined while it is. */
  readonly failure: ServiceError | undefined;
  readonly needsRestart: readonly string[];
}

/** What the admin API needs of the gateway. */
export interface AdminDeps {
  readonly authenticator: Authenticator;
  readonly snapshot: () => Snapshot;
  /** The key store of the config in force. Absent: it names no key file. */
  readonly keys: () => KeyStore | undefined;
  /** Roles that a key may have: those of the config in force. */
  readonly roles: () => ReadonlySet<string>;
  readonly config: ConfigAdmin;
  readonly audit: { append(entry: AuditEntry): void };
  readonly version: string;
  readonly clock: Clock;
  readonly log: Logger;
}
