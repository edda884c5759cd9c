/** Bytes looked at to tell text from binary. */
export const sampleBytes = 8_192;

/** Whether bytes are no text: they hold a NUL, as images, archives and UTF-16 do (06 S-55). */
export function isBinary(bytes: Buffer): boolean {
  return bytes.subarray(0, sampleBytes).includes(0);
}

/**
 * Reads bytes as UTF-8. A character that was cut in two at either end is left out; bytes that are not UTF-8 become
 * U+FFFD.
 */
export function decodeText(bytes: Buffer): string {
  let start = 0;
  while (start < Math.min(3, bytes.length) && isContinuation(bytes[start] ?? 0)) start += 1;
  // With `stream`, the decoder keeps an incomplete last character to itself.
  return new TextDecoder('utf-8', { ignoreBOM: false }).decode(bytes.subarray(start), { stream: true });
}

function isContinuation(byte: number): boolean {
  return (byte & 0b1100_0000) === 0b1000_0000;
}
