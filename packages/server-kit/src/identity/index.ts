/**
 * Public names of `@fairlead/server-kit/identity`: who calls, and what the caller may do. No MCP SDK; zod only where
 * files and key sets are read. Adding a line here is adding API.
 */
export { generateApiKey, hashApiKey, parseApiKey, type NewApiKey } from './api-key.ts';
export {
  createAuthenticator,
  type AuthenticationAnswer,
  type Authenticator,
  type AuthenticatorOptions,
} from './authenticator.ts';
export { createIdentityFromFile, type IdentityFileOptions } from './create-identity-from-file.ts';
export {
  createIdentity,
  type IdentityDefinition,
  type IdentityOptions,
  type IdentitySources,
} from './create-identity.ts';
export type { TokenFailure } from './decode-token.ts';
export { identityErrorCodes } from './error-codes.ts';
export { createKeyStore, type KeyStoreOptions } from './file-key-store.ts';
export { compileGlob } from './glob.ts';
export { generateHopKey, loadHopKey, type HopPublicKey } from './hop-key.ts';
export { createHopSigner, type HopRequest, type HopSigner, type HopSignerOptions } from './hop-signer.ts';
export { createHopVerifier, type HopVerifier, type HopVerifierOptions } from './hop-verifier.ts';
export { createJwtVerifier, type JwtVerifier, type JwtVerifierOptions, type VerifiedToken } from './jwt-verifier.ts';
export type { Fetch } from './key-set-request.ts';
export type { CreatedKey, KeyLookup, KeyRequest, KeyStore } from './key-store.ts';
export { localPrincipal } from './local-principal.ts';
export { parseYaml, type YamlProblem, type YamlResult } from './parse-yaml.ts';
export type { SecretBytes } from './pepper-bytes.ts';
export { compilePermissionMatcher, type PermissionMatcher } from './permission-matcher.ts';
export { principalKey } from './principal-key.ts';
export { isRefusal, type Refusal, type RefusalCode } from './refusal.ts';
export { resolveRoles, type ResolvedRoles } from './resolve-roles.ts';
