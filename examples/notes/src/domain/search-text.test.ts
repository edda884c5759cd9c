import { expect, test } from 'vitest';
import { holdsText, snippetOf } from './search-text.ts';

const note = {
  id: 'a',
  title: 'Harbour',
  body: 'Mind the rope.',
  tags: ['Boats'],
  version: 1,
  createdAt: new Date(0),
  updatedAt: new Date(0),
};

test.for(['harb', 'ROPE', 'boats', 'the r'])('finds %s', (text) => {
  expect(holdsText(note, text)).toBe(true);
});

test.for(['sail', 'harbour mind', '.*'])('does not find %s', (text) => {
  expect(holdsText(note, text)).toBe(false);
});

test('shows what stands around the text, and marks what was cut', () => {
  const body = `${'a'.repeat(100)} rope ${'b'.repeat(100)}`;

  expect(snippetOf(body, 'ROPE')).toBe(`...${'a'.repeat(59)} rope ${'b'.repeat(59)}...`);
});

test.for([
  ['short', 'sh', 'short'],
  ['the title has it', 'elsewhere', 'the title has it'],
  ['', 'x', ''],
] as const)('shows %j whole when it is short, wherever the text was found', ([body, text, snippet]) => {
  expect(snippetOf(body, text)).toBe(snippet);
});
