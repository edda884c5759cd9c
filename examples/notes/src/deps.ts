import type { CallContext, ChangeNotices } from '@fairlead/server-kit';
import type { Clock } from '@fairlead/server-kit/runtime';
import type { Note } from './domain/note.ts';

/** The notes of one owner. Those of others cannot be seen, counted or changed through it (06 S-45). */
export interface Notes {
  /** All notes, the last changed first. */
  list(): readonly Note[];
  find(id: string): Note | undefined;
  /** @throws NotFound `NOTE_NOT_FOUND`, the same for a missing note and for one of somebody else. */
  require(id: string): Note;
  /** @throws Conflict `NOTES_FULL` when no more notes may be written. */
  requireRoom(): void;
  put(note: Note): void;
  remove(id: string): void;
}

/** What the tools and resources of this server need. */
export interface NotesDeps {
  readonly notesOf: (principal: CallContext['principal']) => Notes;
  readonly changes: Pick<ChangeNotices, 'resourcesChanged' | 'resourceUpdated'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Makes the id of a new note: a UUID. */
  readonly newId: () => string;
}
