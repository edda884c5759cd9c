/** Fetches a URL and has the whole body in memory when it resolves. */
export type CappedFetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** A body was larger than the cap. The reading was stopped, so the rest was never held in memory. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Makes a `fetch` that reads the body itself, up to `bodyBytesMax` bytes. Clients of outside systems read bodies late and
 * some hide a failed read as an empty text; so a cut or endless body ends here, as an error.
 *
 * @throws BodyTooLarge; what `fetch` throws; the signal's reason.
 */
export function createCappedFetch(bodyBytesMax: number): CappedFetch {
  return async function cappedFetch(url, init) {
    const response = await fetch(url, init);
    const body = await readBody(response, bodyBytesMax);
    const { status, statusText, headers } = response;
    return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers });
  };
}

async function readBody(response: Response, bodyBytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax) throw new BodyTooLarge(`the body is larger than ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return concat(chunks, bytes);
}

function concat(chunks: readonly Uint8Array[], bytes: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
