import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { noteListUri } from '../domain/note.ts';
import { idField } from '../input-fields.ts';

/** Deletes a note for good and tells clients that the list of resources has changed. */
export const tool = defineTool({
  name: 'delete_note',
  title: 'Delete note',
  description: 'Delete a note.',
  permission: 'examples:write',
  toolset: 'all',
  effect: 'destructive',
  idempotent: true,
  input: z.strictObject({ id: idField }),
  output: z.object({ id: z.string(), deleted: z.boolean() }),
  async plan({ notesOf }, { id }, { principal }) {
    const { title, version } = notesOf(principal).require(id);
    return { action: 'delete note', title, version };
  },
  async run({ notesOf, changes }, { id }, { principal }) {
    const notes = notesOf(principal);
    notes.remove(notes.require(id).id);
    changes.resourcesChanged();
    changes.resourceUpdated(noteListUri);
    return { id, deleted: true };
  },
});
