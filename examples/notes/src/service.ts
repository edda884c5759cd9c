import { randomUUID } from 'node:crypto';
import { defineService } from '@fairlead/server-kit';
import { createMemoryNotes } from './adapters/memory-notes.ts';
import { config } from './config.ts';
import type { NotesDeps } from './deps.ts';
import { errorCodes } from './error-codes.ts';

/** Notes, each caller's own, kept in this process. */
export const service = defineService<NotesDeps, typeof config>({
  name: 'notes',
  title: 'Notes',
  instructions:
    'Keeps your notes. search_notes finds them; read notes://{id} for the whole text and the version that update_note wants.',
  packageFolder: new URL('../', import.meta.url),
  ports: { mcp: 7102, ops: 7202 },
  config,
  errorCodes,
  defaultToolsets: ['all'],
  tools: new URL('./tools/', import.meta.url),
  resources: new URL('./resources/', import.meta.url),
  async setup({ clock, changes }) {
    return { deps: { notesOf: createMemoryNotes(), changes, clock, newId: randomUUID } };
  },
});
