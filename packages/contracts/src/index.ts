/**
 * Public names of `@fairlead/contracts`: what crosses a process border. Adding a line here is adding API that every
 * service, the CLI and the console may rely on.
 */
export { auditEvent, auditOutcome, type AuditEvent, type AuditOutcome } from './audit-event.ts';
export { devJson, devService, type DevJson, type DevService } from './dev-json.ts';
export {
  auditConfig,
  duration,
  gatewayConfig,
  limitConfig,
  rate,
  serverConfig,
  serverName,
  upstreamCredential,
  type AuditConfig,
  type GatewayConfig,
  type LimitConfig,
  type ServerConfig,
  type UpstreamCredential,
} from './gateway-config.ts';
export {
  identityConfig,
  identityFile,
  issuerConfig,
  roleConfig,
  roleName,
  secretReference,
  type IdentityConfig,
  type IdentityFile,
  type IssuerConfig,
  type RoleConfig,
  type SecretReference,
} from './identity-config.ts';
export { keyFile, keyRecord, type KeyFile, type KeyRecord } from './key-file.ts';
export { metaKeys } from './meta-keys.ts';
export { effect, permission, permissionGlob, type Effect, type Permission, type PermissionGlob } from './permission.ts';
export { authenticationMethod, principal, type AuthenticationMethod, type Principal } from './principal.ts';
export { problem, problemMediaType, type Problem } from './problem.ts';
export { toolManifest, toolManifestEntry, type ToolManifest, type ToolManifestEntry } from './tool-manifest.ts';
