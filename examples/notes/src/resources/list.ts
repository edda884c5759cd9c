import { defineResource } from '../define-resource.ts';
import { noteListUri, noteUri } from '../domain/note.ts';

const listedMax = 100;

/** The caller's notes by title, the last changed first. Comes before the note's own family, whose pattern it fits too. */
export const resource = defineResource({
  name: 'list',
  title: 'Your notes',
  description: `Your notes: titles and versions of the last ${listedMax} that were changed.`,
  uri: noteListUri,
  mimeType: 'application/json',
  permission: 'examples:read',
  async read({ notesOf }, _variables, { principal, uri }) {
    const all = notesOf(principal).list();
    const listed = all.slice(0, listedMax).map(({ id, title, version }) => ({ uri: noteUri(id), title, version }));
    return [{ uri, mimeType: 'application/json', text: JSON.stringify({ total: all.length, notes: listed }) }];
  },
});
