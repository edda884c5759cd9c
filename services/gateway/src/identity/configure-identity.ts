import type { GatewayConfig, IssuerConfig, RoleConfig } from '@fairlead/contracts';
import {
  createAuthenticator,
  createIdentity,
  type Authenticator,
  type IdentityOptions,
  type JwtVerifier,
  type KeyStore,
} from '@fairlead/server-kit/identity';

/** Who may call by one config. Immutable: another config makes another one. */
export interface ConfiguredIdentity {
  readonly authenticator: Authenticator;
  /** Absent: the config names no key file. */
  readonly keys: KeyStore | undefined;
  /** The key file as the config names it. */
  readonly keyFile: string | undefined;
  readonly roles: Readonly<Record<string, RoleConfig>>;
  /** The trusted issuers. */
  readonly issuers: ReadonlySet<string>;
  /** Verifiers of tokens, by the text of the issuer's entry. */
  readonly verifiers: ReadonlyMap<string, JwtVerifier>;
}

/**
 * Builds what tells callers by a config. A key file and issuers that `before` has too are taken from it: the times of last
 * use, and the issuers' keys with their hour of grace, go on (04 G-59, G-83).
 *
 * @throws ServiceError that names the field or the setting to mend; nothing is left open then.
 */
export function configureIdentity(
  { identity, roles }: Pick<GatewayConfig, 'identity' | 'roles'>,
  options: IdentityOptions,
  before?: ConfiguredIdentity,
): ConfiguredIdentity {
  const verifiers = new Map(
    identity.issuers.map((issuer) => [JSON.stringify(issuer), keptVerifier(issuer, options, before)] as const),
  );
  const keyFile = identity.keys?.from.file;
  // Last, because it is the one part that has to be closed.
  const keys = keyFile !== undefined && keyFile === before?.keyFile ? before.keys : openKeys(keyFile, options);
  const jwt = anyOf([...verifiers.values()]);
  const authenticator = createAuthenticator({
    ...(keys === undefined ? {} : { keys }),
    ...(jwt === undefined ? {} : { jwt }),
    roles,
    clock: options.clock,
  });
  const issuers = new Set(identity.issuers.map(({ issuer }) => issuer));
  return { authenticator, keys, keyFile, roles, issuers, verifiers };
}

function openKeys(file: string | undefined, options: IdentityOptions): KeyStore | undefined {
  if (file === undefined) return undefined;
  return createIdentity({ identity: { keys: { from: { file } }, issuers: [] }, roles: {} }, options).keys;
}

function keptVerifier(issuer: IssuerConfig, options: IdentityOptions, before?: ConfiguredIdentity): JwtVerifier {
  const kept = before?.verifiers.get(JSON.stringify(issuer));
  const verifier = kept ?? createIdentity({ identity: { issuers: [issuer] }, roles: {} }, options).jwt;
  if (verifier === undefined) throw new RangeError(`no verifier for ${issuer.issuer}`);
  return verifier;
}

/** One verifier for several issuers: the first one that knows the token's issuer answers. */
function anyOf(verifiers: readonly JwtVerifier[]): JwtVerifier | undefined {
  if (verifiers.length === 0) return undefined;
  return {
    async verify(token) {
      for (const verifier of verifiers) {
        const answer = await verifier.verify(token);
        if (answer !== 'unknown-issuer') return answer;
      }
      return 'unknown-issuer';
    },
  };
}
