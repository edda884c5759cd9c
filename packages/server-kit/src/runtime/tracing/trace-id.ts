import { randomFillSync } from 'node:crypto';

const poolBytes = 4_096;
const traceIdBytes = 16;
const spanIdBytes = 8;

// One call to the random source fills ids for 256 traces; a call for each would cost more than the id.
const pool = Buffer.allocUnsafe(poolBytes);
let used = poolBytes;

/** Makes a trace id: 32 hex digits, never all zero (W3C Trace Context). */
export function newTraceId(): string {
  return randomHex(traceIdBytes);
}

/** Makes a span id: 16 hex digits, never all zero. */
export function newSpanId(): string {
  return randomHex(spanIdBytes);
}

function randomHex(bytes: number): string {
  if (used + bytes > poolBytes) {
    randomFillSync(pool);
    used = 0;
  }
  const hex = pool.toString('hex', used, used + bytes);
  used += bytes;
  return /^0+$/.test(hex) ? randomHex(bytes) : hex;
}
