import { defineResource } from '../define-resource.ts';
import { noteUri } from '../domain/note.ts';

/** One note as a whole. The text is exactly what its owner wrote: nobody else's text can be in it. */
export const resource = defineResource({
  name: 'note',
  title: 'Note',
  description: 'One of your notes: title, body, tags, version.',
  uri: 'notes://{id}',
  mimeType: 'application/json',
  permission: 'examples:read',
  async list({ notesOf }, { principal }) {
    const all = notesOf(principal).list();
    return all.map(({ id, title }) => ({ uri: noteUri(id), name: id, title }));
  },
  async read({ notesOf }, { id = '' }, { principal, uri }) {
    const note = notesOf(principal).find(id);
    if (note === undefined) return undefined;
    const { createdAt, updatedAt, ...rest } = note;
    const text = JSON.stringify({ ...rest, created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() });
    return [{ uri, mimeType: 'application/json', text }];
  },
  complete: {
    id: async ({ notesOf }, prefix, { principal }) => {
      const all = notesOf(principal).list();
      return all.flatMap(({ id }) => (id.startsWith(prefix) ? [id] : []));
    },
  },
});
