import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { identityFile, type IdentityFile } from '@fairlead/contracts';
import { Internal } from '../runtime/errors/errors.ts';
import { createIdentity, type IdentityOptions, type IdentitySources } from './create-identity.ts';
import { parseYaml, type YamlProblem } from './parse-yaml.ts';

/** Where the identity file is, and what its parts need to run. */
export interface IdentityFileOptions extends Omit<IdentityOptions, 'folder'> {
  /** Path of the YAML file; the setting `IDENTITY_FILE`. Paths in it are relative to its folder. */
  readonly file: string;
}

/** A mapped role that does not exist would silently give its holders nothing. */
const checkedIdentityFile = identityFile.superRefine(({ identity, roles }, context) => {
  for (const [index, issuer] of identity.issuers.entries()) {
    for (const [group, role] of Object.entries(issuer.roles.map)) {
      if (Object.hasOwn(roles, role)) continue;
      const path = ['identity', 'issuers', index, 'roles', 'map', group];
      context.addIssue({ code: 'custom', path, message: `names the role "${role}", which is not under roles` });
    }
  }
});

/**
 * Reads the file that tells a service without a gateway who its callers are (01 §6), and builds what it names.
 *
 * @throws Internal with code IDENTITY_INVALID: one line per problem, with line, column and path of the field.
 */
export async function createIdentityFromFile({ file, ...options }: IdentityFileOptions): Promise<IdentitySources> {
  const definition = parseIdentityFile(await readText(file), file);
  return createIdentity(definition, { ...options, folder: dirname(file) });
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw invalid(file, 'cannot be read', cause);
  }
}

function parseIdentityFile(text: string, file: string): IdentityFile {
  const parsed = parseYaml(text, checkedIdentityFile);
  if (parsed.ok) return parsed.value;
  throw invalid(file, parsed.problems.map(formatProblem).join('\n'));
}

function formatProblem({ line, column, path, message }: YamlProblem): string {
  return `line ${line}, column ${column}: ${path}: ${message}`;
}

function invalid(file: string, problem: string, cause?: unknown): Internal {
  return new Internal('IDENTITY_INVALID', {
    message: `read the identity file ${file}: ${problem}`,
    publicMessage: `${basename(file)}: ${problem}`,
    cause,
  });
}
