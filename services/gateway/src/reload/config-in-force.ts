import type { GatewayConfig } from '@fairlead/contracts';
import type { IdentityOptions } from '@fairlead/server-kit/identity';
import type { Clock } from '@fairlead/server-kit/runtime';
import type { Catalog } from '../catalog/catalog.ts';
import type { ServerChanges } from '../catalog/server-changes.ts';
import type { OpenStreams } from '../forward/open-streams.ts';
import { configureIdentity, type ConfiguredIdentity } from '../identity/configure-identity.ts';
import { readCredentials, type ConfiguredCredentials, type Credentials } from '../identity/create-credentials.ts';
import { isStillGranted, isStillKnown } from '../identity/is-still-granted.ts';
import type { SecretSources } from '../identity/read-secret.ts';
import { CallLimits } from '../policy/call-limits.ts';

/** Everything that one config decides, beside the servers, which the catalog holds. Immutable. */
export interface ConfigState {
  /** The config as it works: what needs a restart is still as it was at the start. */
  readonly config: GatewayConfig;
  readonly identity: ConfiguredIdentity;
  readonly limits: CallLimits;
  readonly credentials: ConfiguredCredentials;
  readonly loadedAt: Date;
  /** Fields of the file that take effect after a restart only. */
  readonly needsRestart: readonly string[];
}

/** What a config is made into a state with. */
export interface ConfigStateOptions {
  readonly identity: IdentityOptions;
  readonly sources: SecretSources;
  readonly clock: Clock;
}

/** What a change of the config reaches. */
export interface ReloadedParts {
  readonly catalog: Pick<Catalog, 'reconfigure'>;
  readonly credentials: Pick<Credentials, 'adopt'>;
  readonly streams: Pick<OpenStreams, 'endOf' | 'endEndless'>;
}

/** Holds the one state that calls see. A reload makes another one beside it, and swaps it without a pause (04 G-20). */
export class ConfigInForce {
  readonly #options: ConfigStateOptions;
  readonly #onKeys: (identity: ConfiguredIdentity) => void;
  #current: ConfigState;

  /** `onKeys` is told of each key store that comes into force, the first one included. */
  constructor(
    config: GatewayConfig,
    options: ConfigStateOptions,
    onKeys: (identity: ConfiguredIdentity) => void = () => {},
  ) {
    this.#options = options;
    this.#onKeys = onKeys;
    this.#current = createConfigState(config, options);
    onKeys(this.#current.identity);
  }

  get current(): ConfigState {
    return this.#current;
  }

  /**
   * Puts a config in force. What can fail comes first; from the swap on there is neither a failure nor a pause, so that
   * no call sees half of each.
   *
   * @throws ServiceError that names the field, setting or secret to mend; nothing has changed then.
   */
  apply(config: GatewayConfig, { catalog, credentials, streams }: ReloadedParts): ServerChanges {
    const before = this.#current;
    const next = createConfigState(config, this.#options, before);
    this.#current = next;
    credentials.adopt(config.servers, next.credentials);
    const changes = catalog.reconfigure(config.servers, renewedServers(before.credentials, next.credentials));
    endLostStreams(streams, next.identity, new Set([...changes.removed, ...changes.moved]));
    if (next.identity.keys !== before.identity.keys) {
      this.#onKeys(next.identity);
      void before.identity.keys?.close();
    }
    return changes;
  }

  async close(): Promise<void> {
    await this.#current.identity.keys?.close();
  }
}

/**
 * Makes the state of a config, taking from the one before what stays the same.
 *
 * @throws ServiceError that names the field, setting or secret to mend; nothing is left open then.
 */
function createConfigState(
  config: GatewayConfig,
  { identity, sources, clock }: ConfigStateOptions,
  before?: ConfigState,
): ConfigState {
  const credentials = readCredentials(config.servers, sources);
  return {
    config: before === undefined ? config : { ...config, audit: before.config.audit },
    identity: configureIdentity(config, identity, before?.identity),
    limits: before === undefined ? new CallLimits(config.limits, clock) : before.limits.withRules(config.limits),
    credentials,
    loadedAt: clock.now(),
    needsRestart: before !== undefined && config.audit.file !== before.config.audit.file ? ['audit.file'] : [],
  };
}

/** Servers whose credential is another one, though their entry may be the same: a secret file has changed. */
function renewedServers(before: ConfiguredCredentials, after: ConfiguredCredentials): readonly string[] {
  return [...after.keys()].filter((name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)));
}

/**
 * Ends streams at once that a caller could no longer open: all of one that is not known any more, and those without an
 * end of their own where the caller's permissions or the server are others by now. Calls in flight end as they began.
 */
function endLostStreams(
  streams: ReloadedParts['streams'],
  identity: ConfiguredIdentity,
  gone: ReadonlySet<string>,
): void {
  streams.endOf((owner) => !isStillKnown(identity, owner));
  streams.endEndless(({ owner, server }) => gone.has(server) || !isStillGranted(identity, owner));
}
