import { expect, test } from 'vitest';
import { formatVirtualPath, parseVirtualPath } from './virtual-path.ts';

const roots = new Set(['docs', 'data']);

test.each([
  ['docs/start.md', ['start.md']],
  ['docs', []],
  ['docs/', []],
  ['docs//a/./b', ['a', 'b']],
  ['docs/a/../b', ['b']],
  // Near misses: honest names that look like an attack.
  ['docs/..notes.md', ['..notes.md']],
  ['docs/...', ['...']],
  ['docs/a..b/c', ['a..b', 'c']],
  ['docs/%2e%2e/secret', ['%2e%2e', 'secret']],
  ['docs/-rf', ['-rf']],
  ['docs/ünïcode 文.md', ['ünïcode 文.md']],
])('reads %j', (text, segments) => {
  expect(parseVirtualPath(text, roots)).toEqual({ root: 'docs', segments });
});

// 06 N16, S-50, S-53.
test.each([
  '../etc/passwd',
  'docs/..',
  'docs/../data/x',
  'docs/a/../../b',
  '/etc/passwd',
  'other/x',
  '',
  'docs_old/x',
  'docs/a\0b',
  'docs/a\nb',
  'docs/\u0085',
  'docs/\ud800',
  `docs/${'é'.repeat(2_100)}`,
])('answers FILE_NOT_FOUND to %j and repeats what was asked', (text) => {
  expect(() => parseVirtualPath(text, roots)).toThrow(
    expect.objectContaining({ code: 'FILE_NOT_FOUND', message: expect.stringContaining(JSON.stringify(text)) }),
  );
});

test('writes a path as callers know it', () => {
  expect(formatVirtualPath({ root: 'docs', segments: ['a', 'b.md'] })).toBe('docs/a/b.md');
  expect(formatVirtualPath({ root: 'docs', segments: [] })).toBe('docs');
});
