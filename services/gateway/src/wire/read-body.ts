import type { IncomingMessage } from 'node:http';

/** How reading a request's body ended. `size` is what was announced or read until the bound was passed. */
export type BodyOutcome =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'tooLarge'; readonly size: number }
  | { readonly kind: 'gone' };

/** Up to this many times the bound is read and dropped: a client that still sends hears no answer, only a broken connection. */
const DROPPED_TIMES_MAX = 2;

/**
 * Reads a body of at most `bytesMax` bytes, then calls `done` once. The bound is checked on `Content-Length` before a
 * byte is read, and again while reading; never more than the bound lies in memory (03 P-09).
 */
export function readBody(request: IncomingMessage, bytesMax: number, done: (outcome: BodyOutcome) => void): void {
  const announced = Number(request.headers['content-length'] ?? 0);
  const droppedMax = bytesMax * DROPPED_TIMES_MAX;
  if (announced > droppedMax) return done({ kind: 'tooLarge', size: announced });
  let chunks: Buffer[] = [];
  let size = 0;
  let finished = false;
  function finish(outcome: BodyOutcome): void {
    if (finished) return;
    finished = true;
    done(outcome);
  }
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (Math.max(size, announced) <= bytesMax) chunks.push(chunk);
    else chunks = [];
    if (size > droppedMax) finish({ kind: 'tooLarge', size });
  });
  request.on('end', () =>
    finish(size > bytesMax ? { kind: 'tooLarge', size } : { kind: 'read', bytes: wholeOf(chunks) }),
  );
  request.on('close', () => finish({ kind: 'gone' }));
}

/** The usual body is one chunk, and is not copied. */
function wholeOf(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}
