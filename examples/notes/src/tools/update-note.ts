import { Conflict } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import type { Notes } from '../deps.ts';
import { noteListUri, noteUri, type Note } from '../domain/note.ts';
import { bodyField, idField, tagsField, titleField } from '../input-fields.ts';

const input = z.strictObject({
  id: idField,
  expected_version: z.int().min(1).max(2_147_483_647).describe('Version that you have read; another one is refused.'),
  title: titleField.optional(),
  body: bodyField.optional(),
  tags: tagsField.optional(),
});

/** Changes the named fields of a note, if nobody has changed it in the meantime, and tells its subscribers. */
export const tool = defineTool({
  name: 'update_note',
  title: 'Update note',
  description: 'Change a note.',
  permission: 'examples:write',
  toolset: 'all',
  effect: 'destructive',
  idempotent: true,
  input,
  output: z.object({ id: z.string(), version: z.int(), updated_at: z.string() }),
  async plan({ notesOf }, change, { principal }) {
    const { before, after } = applyChange(notesOf(principal), change);
    return { before: describe(before), after: describe(after) };
  },
  async run({ notesOf, changes, clock }, change, { principal }) {
    const notes = notesOf(principal);
    const note = { ...applyChange(notes, change).after, updatedAt: clock.now() };
    notes.put(note);
    changes.resourceUpdated(noteUri(note.id));
    changes.resourceUpdated(noteListUri);
    return { id: note.id, version: note.version, updated_at: note.updatedAt.toISOString() };
  },
});

type Change = z.output<typeof input>;

function applyChange(notes: Notes, change: Change): { before: Note; after: Note } {
  const before = notes.require(change.id);
  const { title = before.title, body = before.body, tags = before.tags } = change;
  if (before.version === change.expected_version) {
    return { before, after: { ...before, title, body, tags, version: before.version + 1 } };
  }
  throw new Conflict('NOTE_CONFLICT', {
    publicMessage: `The note has version ${before.version} now.`,
    fix: 'Read it again and repeat the change with its version.',
    details: { version: before.version },
  });
}

function describe({ title, body, tags, version }: Note): Record<string, unknown> {
  return { title, tags, body_chars: body.length, version };
}
