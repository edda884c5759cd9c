import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SecretReference } from '@fairlead/contracts';
import { InvalidInput, Secret, type Environment } from '@fairlead/server-kit/runtime';

/** Where secrets that a config names may lie. */
export interface SecretSources {
  readonly environment: Environment;
  /** Folder that relative paths start from. */
  readonly folder: string;
}

/**
 * Reads a secret that the config names by variable or file; the config itself never holds one.
 *
 * @throws InvalidInput `CONFIG_INVALID` when it is not there or empty; the text names the reference, not a value.
 */
export function readSecret({ from }: SecretReference, { environment, folder }: SecretSources): Secret {
  if ('env' in from) {
    const value = environment[from.env];
    if (value === undefined || value === '') throw unreadable(`the environment variable ${from.env} is not set`);
    return new Secret(value);
  }
  return new Secret(readText(from.file, folder));
}

function readText(file: string, folder: string): string {
  let text: string;
  try {
    text = readFileSync(resolve(folder, file), 'utf8').trim();
  } catch (cause) {
    throw unreadable(`the file ${file} cannot be read`, cause);
  }
  if (text === '') throw unreadable(`the file ${file} is empty`);
  return text;
}

function unreadable(reason: string, cause?: unknown): InvalidInput {
  return new InvalidInput('CONFIG_INVALID', { publicMessage: `A credential is missing: ${reason}.`, cause });
}
