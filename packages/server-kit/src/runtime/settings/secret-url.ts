import { z } from 'zod';
import { Secret } from '../secret.ts';
import { secretMark } from './secret.ts';

/**
 * Schema of a setting that holds a URL with credentials in it.
 *
 * @param protocols accepted schemes without the colon: `secretUrl('postgres', 'postgresql')`. None: every scheme.
 */
export function secretUrl(...protocols: readonly string[]): z.ZodType<Secret, string> {
  const wanted =
    protocols.length === 0 ? 'a URL' : `a URL that begins with ${protocols.map((name) => `${name}://`).join(' or ')}`;
  return z
    .string()
    .refine((value) => isUrl(value, protocols), `is not ${wanted}`)
    .meta(secretMark)
    .transform((value) => new Secret(value));
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  const url = URL.parse(value);
  if (url === null) return false;
  return protocols.length === 0 || protocols.includes(url.protocol.slice(0, -1));
}
