const bytesMax = 32 * 1024 * 1024;

/**
 * Reads a whole body as text.
 *
 * @throws RangeError when it is larger than 32 MiB (03 C11).
 */
export async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body ?? new ReadableStream<Uint8Array>({ start: (empty) => empty.close() })) {
    size += chunk.length;
    if (size > bytesMax) throw new RangeError(`the answer is larger than ${bytesMax} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
