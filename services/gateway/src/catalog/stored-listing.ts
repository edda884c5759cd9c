import { hash } from 'node:crypto';
import { z } from 'zod';
import { scanJson } from '../wire/scan-json.ts';
import type { StoredList } from './catalog-store.ts';
import type { ServerListing } from './server-listing.ts';

/** Raised when a stored list means something else than before: lists of another version are dropped. */
const FORMAT = 1;

const era = z.enum(['modern', 'legacy']);
const jsonObject = z.record(z.string(), z.unknown());
const items = z.array(z.unknown());

const storedListing = z.strictObject({
  format: z.literal(FORMAT),
  era,
  serves: z.array(era),
  keepsSessions: z.boolean(),
  opening: jsonObject,
  capabilities: jsonObject,
  items: z.strictObject({ tool: items, prompt: items, resource: items, template: items }),
  notices: z.array(z.string()),
  ttlMs: z.number().min(0).optional(),
});

/** A stored list as it was read: the list, or why it cannot be used. */
export type DecodedListing =
  | { readonly ok: true; readonly listing: ServerListing }
  | { readonly ok: false; readonly reason: string };

/** Writes a list as it is kept. Equal lists give equal texts. */
export function encodeListing(listing: ServerListing): Pick<StoredList, 'text' | 'digest'> {
  const text = JSON.stringify({ format: FORMAT, ...listing });
  return { text, digest: digestOf(text) };
}

/** Reads a stored list. What was cut off, altered or written by another version is refused. */
export function decodeListing({ text, digest }: Pick<StoredList, 'text' | 'digest'>): DecodedListing {
  if (digestOf(text) !== digest) return { ok: false, reason: 'its digest does not fit' };
  const parsed = storedListing.safeParse(parseText(text));
  if (!parsed.success) return { ok: false, reason: 'its form is not known to this version' };
  const { format: _format, ttlMs, ...listing } = parsed.data;
  return { ok: true, listing: { ...listing, ttlMs } };
}

/** The digest by which an address is told from another one. An address may hold a credential, so it is not kept itself. */
export function placeOf(url: string): string {
  return digestOf(url);
}

function parseText(text: string): unknown {
  // Deeper than anything that a discovery lets in; comparing and showing it would overflow the stack.
  if (scanJson(Buffer.from(text, 'utf8')).tooDeepAt !== undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Refused by the schema, with the same words as any other form.
    return undefined;
  }
}

function digestOf(text: string): string {
  return hash('sha256', text, 'hex');
}
