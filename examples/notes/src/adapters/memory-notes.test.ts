import { expect, test } from 'vitest';
import type { Note } from '../domain/note.ts';
import { createMemoryNotes } from './memory-notes.ts';

const ada = { sub: 'ada', roles: [], allow: [], deny: [], via: 'key' as const };

function noteAt(id: string, second: number): Note {
  const at = new Date(second * 1_000);
  return { id, title: id, body: '', tags: [], version: 1, createdAt: at, updatedAt: at };
}

test('lists the last changed first, and those changed together in a fixed order', () => {
  const notes = createMemoryNotes()(ada);
  for (const note of [noteAt('b', 1), noteAt('c', 2), noteAt('a', 1)]) notes.put(note);

  expect(notes.list().map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});

// 06 S-45: the owner is tenant, issuer and subject together.
test.for([
  { ...ada, sub: 'bob' },
  { ...ada, tenant: 'other' },
  { ...ada, issuer: 'https://idp.example.com' },
])('an owner like %j has notes of their own', (other) => {
  const notesOf = createMemoryNotes();
  notesOf(ada).put(noteAt('a', 1));

  expect(notesOf(other).list()).toEqual([]);
  expect(() => notesOf(other).require('a')).toThrow(expect.objectContaining({ code: 'NOTE_NOT_FOUND' }));
  notesOf(other).remove('a');
  expect(notesOf({ ...ada }).find('a')).toBeDefined();
});

test('takes a thousand notes of one owner and no more, whatever others have', () => {
  const notesOf = createMemoryNotes();
  for (let number = 1; number <= 1_000; number += 1) {
    notesOf(ada).requireRoom();
    notesOf(ada).put(noteAt(String(number), number));
  }

  expect(() => notesOf(ada).requireRoom()).toThrow(expect.objectContaining({ code: 'NOTES_FULL' }));
  expect(() => notesOf({ ...ada, sub: 'bob' }).requireRoom()).not.toThrow();
  notesOf(ada).remove('1');
  expect(() => notesOf(ada).requireRoom()).not.toThrow();
});
