import type { IncomingMessage } from 'node:http';

/** What reading a body can give. */
export type BodyOutcome =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'broken' };

/** Up to this many times the bound is read and dropped: a client that still sends hears no answer, only a broken connection. */
const droppedTimesMax = 2;

/**
 * Reads a request body into one buffer. The limit is checked on `Content-Length` first and while reading, so that never
 * more than `bytesMax` lies in memory (03 P-09).
 */
export function readBody(request: IncomingMessage, bytesMax: number): Promise<BodyOutcome> {
  const { promise, resolve } = Promise.withResolvers<BodyOutcome>();
  const announced = Number(request.headers['content-length'] ?? 0);
  const droppedMax = bytesMax * droppedTimesMax;
  if (announced > droppedMax) {
    request.resume();
    resolve({ kind: 'too-large' });
    return promise;
  }
  let chunks: Buffer[] = [];
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (Math.max(size, announced) <= bytesMax) chunks.push(chunk);
    else chunks = [];
    if (size > droppedMax) resolve({ kind: 'too-large' });
  });
  request.on('end', () => {
    resolve(size > bytesMax ? { kind: 'too-large' } : { kind: 'read', bytes: singleBuffer(chunks, size) });
  });
  request.on('error', () => resolve({ kind: 'broken' }));
  request.on('close', () => resolve({ kind: 'broken' }));
  return promise;
}

function singleBuffer(chunks: readonly Buffer[], size: number): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size);
}
