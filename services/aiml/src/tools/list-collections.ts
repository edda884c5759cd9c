import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { scopeOf } from '../domain/scope.ts';
import { fields } from '../fields.ts';

const collectionItem = z.object({
  name: z.string(),
  description: z.string(),
  documents: z.int(),
  chunks: z.int(),
  embedder: z.string(),
  visibility: z.enum(['tenant', 'shared']),
  updated_at: z.iso.datetime(),
});

/** Lists the collections that the caller may read: own ones, and shared ones of other tenants. In the order of names. */
export const tool = defineTool({
  name: 'list_collections',
  title: 'List collections',
  description: 'List collections.',
  permission: 'aiml:read',
  toolset: 'search',
  effect: 'read',
  input: z.strictObject({ limit: z.int().min(1).default(50), cursor: fields.cursor }),
  output: z.object({ collections: z.array(collectionItem) }),
  parts: 'page',
  clamped: { limit: 100 },
  text: ({ collections }) =>
    collections
      .map(({ name, documents, chunks, description }) =>
        `${name}: ${documents} documents, ${chunks} chunks. ${description}`.trimEnd(),
      )
      .join('\n'),
  async run({ collections }, { limit, cursor }, { principal, cursors }) {
    const after = cursor === undefined ? '' : cursors.open(cursor, z.string());
    const found = await collections.list(scopeOf(principal), { after, limit: limit + 1 });
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const isCut = found.length > limit && last !== undefined;
    return {
      collections: page.map(({ name, description, documents, chunks, embedder, visibility, updatedAt }) => ({
        name,
        description,
        documents,
        chunks,
        embedder,
        visibility,
        updated_at: updatedAt.toISOString(),
      })),
      truncated: isCut,
      ...(isCut && { truncated_by: 'rows' as const, next_cursor: cursors.seal(last.name) }),
    };
  },
});
