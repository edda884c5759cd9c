import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { parseYaml } from '@fairlead/server-kit/identity';
import { InvalidInput } from '@fairlead/server-kit/runtime';

/** What no single field can say: names that have to exist elsewhere in the file. */
const checkedGatewayConfig = gatewayConfig.superRefine(({ identity, roles, limits }, context) => {
  for (const [index, issuer] of identity.issuers.entries()) {
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

/**
 * Reads the gateway's config file (04 G-82). Strict: an unknown key, a doubled key and a secret in clear are refused.
 *
 * @throws InvalidInput `CONFIG_INVALID` with one line per problem: file, line, column, path of the field, reason.
 */
export function loadGatewayConfig(file: string): GatewayConfig {
  const parsed = parseYaml(readText(file), checkedGatewayConfig);
  if (parsed.ok) return parsed.value;
  const lines = parsed.problems.map(
    ({ line, column, path, message }) => `${basename(file)}:${line}:${column}: ${path}: ${message}`,
  );
  throw new InvalidInput('CONFIG_INVALID', { publicMessage: lines.join('\n') });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new InvalidInput('CONFIG_INVALID', {
      publicMessage: `The config file ${file} cannot be read. Set CONFIG_FILE to the path of a fairlead.yaml.`,
      cause,
    });
  }
}
