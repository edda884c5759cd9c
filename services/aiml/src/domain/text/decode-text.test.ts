import { expect, test } from 'vitest';
import { decodeText } from './decode-text.ts';

test('decodes UTF-8, and UTF-16 with a byte order mark', () => {
  expect(decodeText(Buffer.from('gr\u00FC\u00DFe'))).toEqual({ kind: 'text', text: 'gr\u00FC\u00DFe' });
  expect(decodeText(Buffer.from('\uFEFFhi', 'utf16le'))).toEqual({ kind: 'text', text: 'hi' });
});

test.each([
  ['a PDF file', Buffer.from('%PDF-1.7 ...')],
  ['a ZIP archive or an Office file', Buffer.from('PK\u0003\u0004rest')],
  ['binary data (it holds zero bytes)', Buffer.from([0x41, 0x00, 0x42])],
  ['bytes that are not UTF-8 text', Buffer.from([0x61, 0xff, 0x62])],
])('says what the bytes look like: %s', (looksLike, bytes) => {
  expect(decodeText(bytes)).toEqual({ kind: 'unsupported', looksLike });
});
