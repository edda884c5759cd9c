import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { secretReference, type SecretReference } from '@fairlead/contracts';
import { secretUrl, type Secret } from '@fairlead/server-kit/runtime';
import { parse } from 'yaml';
import { z } from 'zod';
import { idPattern } from '../input-fields.ts';
import type { DatabaseSource } from './postgres/database-source.ts';

const entry = z.strictObject({
  id: z.string().regex(idPattern, 'is not an id: lower case letters, digits, _ and -'),
  description: z.string().min(1).max(500),
  url: secretReference,
  schemas: z.array(z.string().min(1).max(63)).min(1),
});
const entries = z.array(entry).min(1);
const url = secretUrl('postgres', 'postgresql');

/** How the file's secrets are found. */
export interface DatabasesFileOptions {
  readonly environment: (name: string) => string | undefined;
}

/**
 * Reads the list of databases from a YAML file. The first is the default. Paths in it are relative to its folder.
 *
 * @throws Error that names the file and the entry when it cannot be read.
 */
export async function readDatabasesFile(
  file: string,
  { environment }: DatabasesFileOptions,
): Promise<readonly DatabaseSource[]> {
  const parsed = entries.safeParse(parse(await readFile(file, 'utf8'), { maxAliasCount: 10 }));
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const ids = parsed.data.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`${file}: the id ${twice} is there twice`);
  return Promise.all(
    parsed.data.map(async (each) => ({
      ...each,
      url: await readUrl(each.url, { id: each.id, folder: dirname(file), environment }),
    })),
  );
}

interface UrlPlace extends DatabasesFileOptions {
  readonly id: string;
  readonly folder: string;
}

async function readUrl({ from }: SecretReference, { id, folder, environment }: UrlPlace): Promise<Secret> {
  const text = 'env' in from ? environment(from.env) : await readFile(resolve(folder, from.file), 'utf8');
  const place = 'env' in from ? `the environment variable ${from.env}` : from.file;
  if (text === undefined) throw new Error(`the url of database ${id}: ${place} is not set`);
  const parsed = url.safeParse(text.trim());
  if (!parsed.success) throw new Error(`the url of database ${id}: ${place} holds no URL that begins with postgres://`);
  return parsed.data;
}
