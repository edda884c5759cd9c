import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { noteListUri, noteUri } from '../domain/note.ts';
import { bodyField, tagsField, titleField } from '../input-fields.ts';

/** Writes a new note and tells clients that the list of resources has changed. */
export const tool = defineTool({
  name: 'create_note',
  title: 'Create note',
  description: 'Create a note.',
  permission: 'examples:write',
  toolset: 'all',
  effect: 'write',
  input: z.strictObject({ title: titleField, body: bodyField, tags: tagsField.optional() }),
  output: z.object({ id: z.string(), uri: z.string(), created_at: z.string() }),
  async plan({ notesOf }, { title }, { principal }) {
    notesOf(principal).requireRoom();
    return { action: 'create note', title };
  },
  async run({ notesOf, changes, clock, newId }, { title, body, tags = [] }, { principal }) {
    const notes = notesOf(principal);
    notes.requireRoom();
    const now = clock.now();
    const id = newId();
    notes.put({ id, title, body, tags, version: 1, createdAt: now, updatedAt: now });
    changes.resourcesChanged();
    changes.resourceUpdated(noteListUri);
    return { id, uri: noteUri(id), created_at: now.toISOString() };
  },
});
