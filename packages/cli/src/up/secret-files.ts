import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { generateHopKey } from '@fairlead/server-kit/identity';
import { writeFileAtomically } from '../write-file-atomically.ts';

/** The keys of a local fleet (04 G-66), each a file of its own. */
export const secretNames = ['master', 'pepper', 'hop', 'audit', 'seal'] as const;
export type SecretName = (typeof secretNames)[number];

/** Absolute paths of the key files, by name. */
export type SecretFiles = Readonly<Record<SecretName, string>>;

/** Written as 43 characters of base64url: at least 32 bytes, read either way. */
const secretBytes = 32;

/** Where the keys of a fleet lie. */
export function secretFilesIn(folder: string): SecretFiles {
  const at = (name: SecretName): string => path.join(folder, `${name}.key`);
  return { master: at('master'), pepper: at('pepper'), hop: at('hop'), audit: at('audit'), seal: at('seal') };
}

/** Makes the keys that are not there yet (mode 0600). Keys that are there stay: stored hashes hang on them. */
export function makeSecretFiles(folder: string): SecretFiles {
  const files = secretFilesIn(folder);
  for (const name of secretNames) {
    if (!existsSync(files[name])) writeFileAtomically(files[name], newSecret(name), 0o600);
  }
  return files;
}

/** The hop key signs, so it is a key pair; the others are shared secrets. */
function newSecret(name: SecretName): string {
  return name === 'hop' ? generateHopKey() : `${randomBytes(secretBytes).toString('base64url')}\n`;
}
