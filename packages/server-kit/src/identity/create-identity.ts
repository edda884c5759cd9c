import { isAbsolute, resolve } from 'node:path';
import type { IdentityConfig, RoleConfig } from '@fairlead/contracts';
import type { Clock } from '../runtime/clock.ts';
import { Unavailable } from '../runtime/errors/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Metrics } from '../runtime/metrics.ts';
import { createKeyStore } from './file-key-store.ts';
import { createJwtVerifier, type JwtVerifier } from './jwt-verifier.ts';
import type { Fetch } from './key-set-request.ts';
import type { KeyStore } from './key-store.ts';
import type { SecretBytes } from './pepper-bytes.ts';

/** What the parts of an identity config need to run. */
export interface IdentityOptions {
  /** Folder that relative paths of the config start from. */
  readonly folder: string;
  /** Needed when the config names a key file. */
  readonly pepper?: SecretBytes;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** The parts that an authenticator needs to know its callers. */
export interface IdentitySources {
  readonly keys?: KeyStore;
  readonly jwt?: JwtVerifier;
  readonly roles: Readonly<Record<string, RoleConfig>>;
  close(): Promise<void>;
}

/** What the config says of callers. */
export interface IdentityDefinition {
  readonly identity: IdentityConfig;
  readonly roles: Readonly<Record<string, RoleConfig>>;
}

/**
 * Builds the key store and the token verifier of a config, and keeps its roles. A part that the config does not name is
 * absent. Register `close` for shutdown.
 *
 * @throws ServiceError that names the field or the setting to mend.
 */
export function createIdentity({ identity, roles }: IdentityDefinition, options: IdentityOptions): IdentitySources {
  const keys = identity.keys === undefined ? undefined : openKeys(identity.keys.from.file, options);
  const jwt = identity.issuers.length === 0 ? undefined : createJwtVerifier({ ...options, issuers: identity.issuers });
  return {
    roles,
    ...(keys === undefined ? {} : { keys }),
    ...(jwt === undefined ? {} : { jwt }),
    close: async () => keys?.close(),
  };
}

function openKeys(file: string, { folder, pepper, clock, log }: IdentityOptions): KeyStore {
  if (pepper === undefined) {
    throw new Unavailable('SECRET_WEAK', {
      publicMessage:
        'identity.keys is set and the key pepper is not. Set KEY_PEPPER_FILE to a file of at least 32 random bytes, made with: openssl rand -base64 48',
      retryable: false,
    });
  }
  return createKeyStore({ file: isAbsolute(file) ? file : resolve(folder, file), pepper, clock, log });
}
