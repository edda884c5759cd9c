/** One event of a server-sent event stream. */
export interface StreamEvent {
  readonly data: string;
  /** The id from which the stream can be resumed, when the event has one. */
  readonly id: string | undefined;
}

/** An event larger than this ends the reading (03 C10, C11). */
const charactersMax = 32 * 1024 * 1024;

/**
 * Reads the `data` of each event of a server-sent event stream; comments, other fields and events without data are
 * skipped: the last only carry an id to resume from. Lines may be cut anywhere between two chunks and end in LF, CRLF or CR.
 *
 * @throws RangeError when an event is larger than 32 Mi characters.
 */
export async function* readEventStream(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const { data } of readStreamEvents(chunks)) if (data !== '') yield data;
}

/**
 * Reads all events as {@link readEventStream}, with their ids; one that only carries an id has empty data.
 *
 * @throws RangeError when an event is larger than 32 Mi characters.
 */
export async function* readStreamEvents(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  const takeLine = createEventAssembler();
  let rest = '';
  for await (const chunk of chunks) {
    rest += decoder.decode(chunk, { stream: true });
    if (rest.length > charactersMax) throw new RangeError(`an event is larger than ${charactersMax} characters`);
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = takeLine(line);
      if (event !== undefined) yield event;
    }
  }
}

/** Collects the lines of an event; the empty line that ends it gives the event. */
function createEventAssembler(): (line: string) => StreamEvent | undefined {
  let data: string[] = [];
  let id: string | undefined;
  return (line) => {
    if (line.startsWith('data:')) data.push(valueOf(line, 'data:'));
    if (line.startsWith('id:')) id = valueOf(line, 'id:');
    if (line !== '') return undefined;
    const text = data.some((part) => part !== '') ? data.join('\n') : '';
    const event = text === '' && id === undefined ? undefined : { data: text, id };
    data = [];
    id = undefined;
    return event;
  };
}

function valueOf(line: string, field: string): string {
  return line.slice(field.length).replace(/^ /, '');
}
