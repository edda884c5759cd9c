import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { GatewayConfig, SecretReference, UpstreamCredential } from '@fairlead/contracts';

/** Absolute paths of the secret files that a config names. The key file is not among them: its store watches it. */
export function secretFilesOf({ servers }: Pick<GatewayConfig, 'servers'>, folder: string): readonly string[] {
  return Object.values(servers).flatMap(({ credentials }) => {
    const from = credentials === undefined ? undefined : referenceOf(credentials).from;
    return from !== undefined && 'file' in from ? [resolve(folder, from.file)] : [];
  });
}

/** Digest of a config's text and of what its secret files hold now. Equal when nothing of them has changed. */
export async function digestOf(text: string, secretFiles: readonly string[]): Promise<string> {
  const digest = createHash('sha256').update(text);
  for (const file of secretFiles) {
    const content = await readFile(file).catch(() => undefined);
    // The length keeps two files from passing as two others with the same bytes in a row.
    digest.update(`\0${content?.length ?? 'absent'}\0`).update(content ?? '');
  }
  return `sha256:${digest.digest('hex')}`;
}

function referenceOf(credentials: UpstreamCredential): SecretReference {
  return 'bearer' in credentials ? credentials.bearer : credentials.header.value;
}
