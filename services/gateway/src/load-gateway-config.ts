import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { parseYaml } from '@fairlead/server-kit/identity';
import { InvalidInput, ServiceError } from '@fairlead/server-kit/runtime';
import type { SecretSources } from './identity/read-secret.ts';
import { credentialHeaders } from './identity/upstream-credential.ts';

/** What no single field can say: names that have to exist elsewhere in the file, or that may be there once only. */
const checkedGatewayConfig = gatewayConfig.superRefine(({ identity, roles, limits }, context) => {
  for (const [index, issuer] of identity.issuers.entries()) {
    if (identity.issuers.findIndex(({ issuer: other }) => other === issuer.issuer) < index) {
      const path = ['identity', 'issuers', index, 'issuer'];
      context.addIssue({
        code: 'custom',
        path,
        message: 'is listed twice; give each issuer one entry, with one audience',
      });
    }
    for (const [group, role] of Object.entries(issuer.roles.map)) {
      if (Object.hasOwn(roles, role)) continue;
      const path = ['identity', 'issuers', index, 'roles', 'map', group];
      context.addIssue({ code: 'custom', path, message: `names the role "${role}", which is not under roles` });
    }
  }
  for (const [index, { match }] of limits.entries()) {
    if (match.role === undefined || match.role.includes('*') || Object.hasOwn(roles, match.role)) continue;
    context.addIssue({
      code: 'custom',
      path: ['limits', index, 'match', 'role'],
      message: `names the role "${match.role}", which is not under roles`,
    });
  }
});

/** A config, and the text that it was read from. */
export interface LoadedConfig {
  readonly text: string;
  readonly config: GatewayConfig;
}

/**
 * Reads the gateway's config file (04 G-82). Strict: an unknown key, a doubled key and a secret in clear are refused, and
 * so is a secret that is not there, where `sources` say where to look.
 *
 * @throws InvalidInput `CONFIG_INVALID` with one line per problem: file, line, column, path of the field, reason; the
 * same as data in `details.problems`.
 */
export function loadGatewayConfig(file: string, sources?: SecretSources): LoadedConfig {
  const text = readText(file);
  return { text, config: parseGatewayConfig(text, file, sources) };
}

/** Reads the text of a config file; else as `loadGatewayConfig`. */
export function parseGatewayConfig(text: string, file: string, sources?: SecretSources): GatewayConfig {
  const parsed = parseYaml(text, sources === undefined ? checkedGatewayConfig : withSecrets(sources));
  if (parsed.ok) return parsed.value;
  const lines = parsed.problems.map(
    ({ line, column, path, message }) => `${basename(file)}:${line}:${column}: ${path}: ${message}`,
  );
  throw new InvalidInput('CONFIG_INVALID', {
    publicMessage: lines.join('\n'),
    details: { problems: parsed.problems },
  });
}

/** The config file cannot be read, which is told like every other mistake in it. */
export function unreadableConfig(file: string, cause: unknown): InvalidInput {
  return new InvalidInput('CONFIG_INVALID', {
    publicMessage: `The config file ${file} cannot be read. Set CONFIG_FILE to the path of a fairlead.yaml.`,
    cause,
  });
}

/** Looks for each secret, so that one that is missing is told with its line. */
function withSecrets(sources: SecretSources): typeof checkedGatewayConfig {
  return checkedGatewayConfig.superRefine(({ servers }, context) => {
    for (const [name, { credentials }] of Object.entries(servers)) {
      try {
        credentialHeaders(credentials, sources);
      } catch (error) {
        const message = ServiceError.is(error) ? error.publicMessage : 'cannot be read';
        context.addIssue({ code: 'custom', path: ['servers', name, 'credentials'], message });
      }
    }
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw unreadableConfig(file, cause);
  }
}
