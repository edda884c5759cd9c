import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { notePlace } from '../domain/note.ts';
import { holdsText, snippetOf } from '../domain/search-text.ts';

const position = z.strictObject({ below: z.string() });

/** Searches the caller's own notes, the last changed first. */
export const tool = defineTool({
  name: 'search_notes',
  title: 'Search notes',
  description: 'Search your notes.',
  permission: 'examples:read',
  toolset: 'all',
  effect: 'read',
  parts: 'page',
  input: z.strictObject({
    query: z.string().min(1).max(200).describe('Text in the title, the body or a tag. Case does not matter.'),
    limit: z.int().min(1).default(20),
    cursor: z.string().min(1).max(1_024).optional().describe('next_cursor of the page before.'),
  }),
  output: z.object({
    notes: z.array(z.object({ id: z.string(), title: z.string(), updated_at: z.string(), snippet: z.string() })),
  }),
  clamped: { limit: 100 },
  async run({ notesOf }, { query, limit, cursor }, { principal, cursors, clean }) {
    const below = cursor === undefined ? undefined : cursors.open(cursor, position).below;
    const found = notesOf(principal)
      .list()
      .filter((note) => (below === undefined || notePlace(note) < below) && holdsText(note, query));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      notes: page.map(({ id, title, updatedAt, body }) => ({
        id,
        title: clean(title, `note:${id}`),
        updated_at: updatedAt.toISOString(),
        snippet: clean(snippetOf(body, query), `note:${id}`),
      })),
      truncated: found.length > limit,
      ...(found.length > limit &&
        last !== undefined && {
          truncated_by: 'rows' as const,
          next_cursor: cursors.seal({ below: notePlace(last) }),
          notice: 'There are more notes: pass next_cursor with the same query.',
        }),
    };
  },
});
