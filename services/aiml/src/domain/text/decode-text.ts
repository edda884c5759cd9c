/** The text in some bytes, or what they look like instead. */
export type Decoded =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unsupported'; readonly looksLike: string };

/** First bytes of formats that people most often try to index, in the words of the refusal. */
const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['a PDF file', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a ZIP archive or an Office file', [0x50, 0x4b, 0x03, 0x04]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a GIF image', [0x47, 0x49, 0x46, 0x38]],
  ['an ELF program', [0x7f, 0x45, 0x4c, 0x46]],
  ['an SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20]],
  ['an old Office file', [0xd0, 0xcf, 0x11, 0xe0]],
];

/**
 * Decodes UTF-8, or UTF-16 with a byte order mark. The bytes decide before any declared type does, so that a program
 * called `notes.txt` is refused (07 §15).
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const signature = signatures.find(([, prefix]) => prefix.every((byte, index) => bytes[index] === byte));
  if (signature) return { kind: 'unsupported', looksLike: signature[0] };
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.includes(0))
    return { kind: 'unsupported', looksLike: 'binary data (it holds zero bytes)' };
  try {
    return { kind: 'text', text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { kind: 'unsupported', looksLike: 'bytes that are not UTF-8 text' };
  }
}

function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}
