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

const configProblem = z.strictObject({
  path: z.string().describe('The field, such as roles.analyst.allow[0].'),
  line: z.int(),
  column: z.int(),
  message: z.string(),
});

/** The config in force, and how it stands to its file. */
export const shownConfig = z.strictObject({
  config: z
    .record(z.string(), z.unknown())
    .describe('The config with all defaults. A secret is shown as *** with the place that it comes from.'),
  file: z.string(),
  digest: z.string().describe('SHA-256 of the file and of the secret files that it names.'),
  loadedAt: z.iso.datetime(),
  state: z.enum(['current', 'stale']).describe('stale: the file on the disk is not valid, and this is the one before.'),
  reason: z.string().optional().describe('Why the file is not in force.'),
  problems: z.array(configProblem).describe('The mistakes in the file, with their lines.'),
  needsRestart: z.array(z.string()).describe('Fields of the file that take effect after a restart.'),
});

const names = z.array(z.string());

/** What a look at the config file did. */
export const reloadAnswer = z.strictObject({
  outcome: z.enum(['loaded', 'unchanged']),
  digest: z.string(),
  servers: z.strictObject({ added: names, removed: names, moved: names, changed: names }).optional(),
});

/** A key that was made: the only time that its secret is shown. */
export const createdKey = z.strictObject({ id: z.string(), key: z.string() });
