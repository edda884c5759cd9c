import { expect, test } from 'vitest';
import { mimeType } from './mime-type.ts';

test.each([
  ['a.MD', 'text', 'text/markdown'],
  ['a.tar.gz', 'binary', 'application/gzip'],
  ['Makefile', 'text', 'text/plain'],
  ['blob', 'binary', 'application/octet-stream'],
  ['.gitignore', 'text', 'text/plain'],
] as const)('%s as %s is %s', (name, content, mime) => {
  expect(mimeType(name, content)).toBe(mime);
});
