import { expect, test } from 'vitest';
import { readableText } from './readable-text.ts';

test('T-40: writes one line a field and one an item, without JSON', () => {
  const text = readableText(
    {
      count: 2,
      items: [
        { id: 1, name: 'a' },
        { id: 2, name: 'b', gone: undefined },
      ],
      empty: [],
    },
    'full',
  );

  expect(text).toBe('count: 2\nitems:\n- id=1 name=a\n- id=2 name=b\nempty: none');
});

test('T-43: cuts long lines and says how much is left', () => {
  const text = readableText({ body: 'x'.repeat(300) }, 'full');

  expect(text).toMatch(/ \[\+66 chars\]$/);
});

test('T-41: is one line in summary mode', () => {
  expect(readableText({ items: [1, 2, 3], done: true, more: { a: 1 } }, 'summary')).toBe(
    'items: 3 items, done: true, more: 1 fields',
  );
});

test('shows a hundred items and counts the rest', () => {
  const lines = readableText({ items: Array.from({ length: 120 }, (_, index) => index) }, 'full').split('\n');

  expect(lines).toHaveLength(102);
  expect(lines.at(-1)).toBe('- and 20 more');
});
