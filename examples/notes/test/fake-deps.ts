import { createFakeClock, type FakeClock } from '@fairlead/server-kit/testing';
import { createMemoryNotes } from '../src/adapters/memory-notes.ts';
import type { NotesDeps } from '../src/deps.ts';

/** Deps on the real store, with a clock that the test moves, ids in order, and a record of what was announced. */
export interface RecordedDeps extends NotesDeps {
  readonly clock: FakeClock;
  readonly announced: string[];
}

/** Makes fresh deps. */
export function recordedDeps(): RecordedDeps {
  const announced: string[] = [];
  let made = 0;
  return {
    notesOf: createMemoryNotes(),
    changes: {
      resourcesChanged: () => void announced.push('list changed'),
      resourceUpdated: (uri) => void announced.push(uri),
    },
    clock: createFakeClock(),
    newId: () => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`,
    announced,
  };
}

/** Id of the nth note that recorded deps make. */
export function noteId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** What a failed call has. */
export function failure(code: string): Record<string, unknown> {
  return { isError: true, _meta: { 'dev.fairlead/error': { code } } };
}
