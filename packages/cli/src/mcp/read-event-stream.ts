/**
 * Reads the `data` of each event of a server-sent event stream; comments, other fields and events without data are
 * skipped: the last only carry an id to resume from. Lines may be cut anywhere between two chunks and end in LF, CRLF or CR.
 */
export async function* readEventStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  const takeLine = createEventAssembler();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = takeLine(line);
      if (event !== undefined) yield event;
    }
  }
}

/** Collects the data lines of an event; the empty line that ends it gives the event. */
function createEventAssembler(): (line: string) => string | undefined {
  let data: string[] = [];
  return (line) => {
    if (line.startsWith('data:')) data.push(line.slice('data:'.length).replace(/^ /, ''));
    if (line !== '') return undefined;
    const event = data.some((text) => text !== '') ? data.join('\n') : undefined;
    data = [];
    return event;
  };
}
