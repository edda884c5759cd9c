import { z } from 'zod';

/** Id of a note. */
export const idField = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is not the id of a note')
  .describe('Id of the note, as create_note and search_notes give it.');

export const titleField = z.string().min(1).max(200);
export const bodyField = z.string().max(20_000).describe('Markdown or plain text.');
export const tagsField = z.array(z.string().min(1).max(40)).max(10);
