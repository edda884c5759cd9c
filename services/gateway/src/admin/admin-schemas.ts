import { keyRecord, roleName } from '@fairlead/contracts';
import { z } from 'zod';

/** One page of a list: how many, and where the last one ended. */
export const pageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(100).describe('Most entries of the page.'),
  cursor: z.string().min(1).max(256).optional().describe('`nextCursor` of the page before.'),
});
export type PageQuery = z.infer<typeof pageQuery>;

const itemCounts = z.strictObject({ tools: z.int(), prompts: z.int(), resources: z.int(), templates: z.int() });

/** A server as the list shows it. */
export const serverSummary = z.strictObject({
  name: z.string(),
  state: z.enum(['starting', 'up', 'degraded', 'down']),
  since: z.iso.datetime(),
  url: z.string().describe('Its address without user, password and query.'),
  owner: z.string().optional(),
  trust: z.enum(['internal', 'external']),
  items: itemCounts,
  lastError: z.string().optional(),
  nextTryAt: z.iso.datetime().optional(),
});

/** A server with what was left out of its lists, and why. */
export const serverDetail = serverSummary.extend({
  protocolVersions: z.array(z.string()).describe('Protocol versions of clients that it takes.'),
  dropped: z.array(z.strictObject({ kind: z.string(), name: z.string(), reason: z.string() })),
  notices: z.array(z.string()),
});

export const serverPage = z.strictObject({ servers: z.array(serverSummary), nextCursor: z.string().optional() });

/** A key as it is shown: never its hash, never its secret. */
export const shownKey = keyRecord.omit({ hash: true });
export type ShownKey = z.infer<typeof shownKey>;

export const keyPage = z.strictObject({ keys: z.array(shownKey), nextCursor: z.string().optional() });

/** What a new key is for. */
export const newKey = z.strictObject({
  name: z.string().min(1).max(100),
  roles: z.array(roleName).min(1).max(50),
  tenant: z.string().min(1).max(128).optional(),
  expiresAt: z.iso.datetime().optional(),
});
export type NewKey = z.infer<typeof newKey>;

/** A key that was made: the only time that its secret is shown. */
export const createdKey = z.strictObject({ id: z.string(), key: z.string() });
