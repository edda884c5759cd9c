import { Conflict, InvalidInput } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { requireSharedRight } from '../access/require-shared-right.ts';
import { defineTool } from '../define-tool.ts';
import { lexicalHash } from '../domain/analysis/lexical-hash.ts';
import { fieldTypes, isSameCollection, type Collection, type CollectionDraft } from '../domain/collection.ts';
import { scopeOf } from '../domain/scope.ts';
import { fields } from '../fields.ts';

const input = z.strictObject({
  name: fields.collection.describe('Lower-case letters, digits and hyphens.'),
  description: z.string().min(0).max(500).optional().describe('What is in it, for whoever chooses where to search.'),
  embedder: z
    .string()
    .regex(/^[a-z0-9][a-z0-9._-]{0,62}(?:@[A-Za-z0-9._-]{1,64})?$/)
    .optional()
    .describe('What makes the vectors. Default: the embedder of this server.'),
  dims: z.int().min(1).max(4_096).optional().describe('Only for raw vectors; else the embedder decides.'),
  fields: z
    .record(z.string().regex(/^[a-z][a-z0-9_]{0,62}$/), z.enum(fieldTypes))
    .refine((declared) => Object.keys(declared).length <= 16, 'declares more than 16 fields')
    .meta({ maxProperties: 16 })
    .optional()
    .describe('Metadata fields that searches may filter on, with their types.'),
  visibility: z
    .enum(['tenant', 'shared'])
    .default('tenant')
    .describe('shared: every tenant reads it; needs aiml:admin.'),
});

/** Creates a collection. The same again changes nothing; the same name with other settings is a conflict. */
export const tool = defineTool({
  name: 'create_collection',
  title: 'Create collection',
  description: 'Create a collection.',
  permission: 'aiml:write',
  toolset: 'index',
  effect: 'write',
  idempotent: true,
  input,
  output: z.object({ name: z.string(), embedder: z.string(), dims: z.int(), created: z.boolean() }),
  async plan({ collections }, values, { principal }) {
    const draft = draftOf(values);
    if (draft.visibility === 'shared') requireSharedRight(principal);
    const existing = await collections.find(scopeOf(principal), draft.name);
    const namesake = existing && (existing.isOwn || draft.visibility === 'shared') ? existing : undefined;
    if (namesake) requireSame(namesake, draft);
    return { ...outcomeOf(draft), created: namesake === undefined };
  },
  async run({ collections, now }, values, { principal }) {
    const draft = draftOf(values);
    if (draft.visibility === 'shared') requireSharedRight(principal);
    const { created, collection } = await collections.create(scopeOf(principal), draft, now());
    if (!created) requireSame(collection, draft);
    return { ...outcomeOf(draft), created };
  },
});

function draftOf({
  name,
  description,
  embedder,
  dims,
  fields: declared,
  visibility,
}: z.output<typeof input>): CollectionDraft {
  if (embedder !== undefined && embedder !== lexicalHash.id) {
    throw new InvalidInput('INPUT_INVALID', {
      publicMessage: `embedder: this server has ${lexicalHash.id} only.`,
      fix: 'Leave embedder out.',
      details: { field: 'embedder' },
    });
  }
  if (dims !== undefined && dims !== lexicalHash.dimensions) {
    throw new InvalidInput('INPUT_INVALID', {
      publicMessage: `dims: ${lexicalHash.id} makes vectors of ${lexicalHash.dimensions} numbers.`,
      fix: 'Leave dims out.',
      details: { field: 'dims' },
    });
  }
  return {
    name,
    description: description ?? '',
    embedder: lexicalHash.id,
    dims: lexicalHash.dimensions,
    fields: declared ?? {},
    visibility,
  };
}

function requireSame(existing: Collection, draft: CollectionDraft): void {
  if (existing.isOwn && isSameCollection(existing, draft)) return;
  throw new Conflict('AIML_COLLECTION_CONFLICT', {
    publicMessage: `A collection "${draft.name}" exists already, and differs in description, fields or visibility, or belongs to another tenant.`,
    fix: 'Choose another name, or index into the one that is there.',
    details: { name: draft.name },
  });
}

function outcomeOf({ name, embedder, dims }: CollectionDraft): { name: string; embedder: string; dims: number } {
  return { name, embedder, dims };
}
