import type { Authenticator } from '../identity/authenticator.ts';
import { createAuthenticator } from '../identity/authenticator.ts';
import { createHopVerifier } from '../identity/hop-verifier.ts';
import { createIdentityFromFile } from '../identity/create-identity-from-file.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ConfigValues } from '../runtime/config.ts';
import type { HealthCheck } from '../runtime/health.ts';
import type { Lifecycle } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { platformSettings } from '../runtime/settings/platform-settings.ts';

/** What knowing the callers needs. */
export interface ServiceAuthenticatorOptions {
  readonly serviceName: string;
  readonly config: ConfigValues<typeof platformSettings>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
}

/** Builds what tells a service who calls: the gateway's signed identity, its own identity file, or both (01 §6). */
export async function createServiceAuthenticator(options: ServiceAuthenticatorOptions): Promise<Authenticator> {
  const { config, clock, log, metrics, lifecycle, serviceName } = options;
  const hop =
    config.GATEWAY_JWKS_URL === undefined
      ? undefined
      : createHopVerifier({
          jwksUrl: config.GATEWAY_JWKS_URL,
          issuer: config.GATEWAY_ISSUER,
          audience: `fairlead:${serviceName}`,
          fetch,
          clock,
          log,
          metrics,
        });
  if (config.IDENTITY_FILE === undefined)
    return createAuthenticator({ roles: {}, clock, ...(hop !== undefined && { hop }) });
  const identity = await createIdentityFromFile({
    file: config.IDENTITY_FILE,
    fetch,
    clock,
    log,
    metrics,
    ...(config.KEY_PEPPER !== undefined && { pepper: config.KEY_PEPPER }),
  });
  lifecycle.onStop('identity', () => identity.close());
  return createAuthenticator({ ...identity, clock, ...(hop !== undefined && { hop }) });
}

/** Says in `/readyz` when nobody can be let in, because nobody is known (01 §6). */
export function identityHealth(config: ConfigValues<typeof platformSettings>): HealthCheck {
  const isMissing = config.IDENTITY_FILE === undefined && config.GATEWAY_JWKS_URL === undefined;
  return {
    part: 'identity',
    required: true,
    effect: 'every call is refused with 401',
    check: async () =>
      isMissing ? { status: 'down', reason: 'neither IDENTITY_FILE nor GATEWAY_JWKS_URL is set' } : { status: 'up' },
  };
}
