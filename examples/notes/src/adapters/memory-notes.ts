import { principalKey } from '@fairlead/server-kit/identity';
import { Conflict, NotFound } from '@fairlead/server-kit/runtime';
import type { NotesDeps } from '../deps.ts';
import { notePlace, type Note } from '../domain/note.ts';

const notesMax = 1_000;

/** Keeps notes in this process: they are gone when it ends, and another replica does not see them. */
export function createMemoryNotes(): NotesDeps['notesOf'] {
  const byOwner = new Map<string, Map<string, Note>>();
  return (principal) => {
    const owner = principalKey(principal);
    const notes = byOwner.get(owner) ?? new Map<string, Note>();
    return {
      list: () => [...notes.values()].toSorted((left, right) => (notePlace(left) < notePlace(right) ? 1 : -1)),
      find: (id) => notes.get(id),
      require: (id) => notes.get(id) ?? missing(id),
      requireRoom: () => (notes.size < notesMax ? undefined : full()),
      // Only who writes is remembered.
      put: (note) => void byOwner.set(owner, notes.set(note.id, note)),
      remove: (id) => void notes.delete(id),
    };
  };
}

function missing(id: string): never {
  const fix = 'Call search_notes for the ids of your notes.';
  throw new NotFound('NOTE_NOT_FOUND', { publicMessage: `There is no note ${id}.`, fix });
}

function full(): never {
  const fix = 'Delete notes that are no longer needed, then call again.';
  throw new Conflict('NOTES_FULL', { publicMessage: `You have ${notesMax} notes, the most that are kept.`, fix });
}
