import { z } from 'zod';
import { readDevJson } from './read-dev-json.ts';

/** A key that a test made for itself, and the name under which the audit log has its calls. */
export interface MadeKey {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** The key as clients send it. */
  readonly headers: { readonly authorization: string };
}

/** What a new key is for. */
export interface KeyWish {
  readonly name: string;
  readonly role: string;
  /** Default: it does not end. */
  readonly expiresAt?: Date;
}

const createdKey = z.object({ id: z.string(), key: z.string() });

/** Makes a key over the admin API. With a key of its own a test file has a rate limit and audit lines of its own. */
export async function makeKey(stateFolder: string, { name, role, expiresAt }: KeyWish): Promise<MadeKey> {
  const { gateway, keys } = await readDevJson(stateFolder);
  const response = await fetch(`${gateway.url}/api/v1/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${keys['admin'] ?? ''}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, roles: [role], expiresAt }),
  });
  if (!response.ok) throw new Error(`no key was made: ${await response.text()}`);
  const { id, key } = createdKey.parse(await response.json());
  return { id, key, name, headers: { authorization: `Bearer ${key}` } };
}
