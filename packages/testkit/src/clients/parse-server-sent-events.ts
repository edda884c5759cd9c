/** One event of a `text/event-stream`, as the HTML standard reads it. */
export interface ServerSentEvent {
  /** Default `message`. */
  readonly event: string;
  readonly data: string;
  readonly id?: string;
}

/** Reads the whole text of an event stream. Events without data, such as comments that keep a line open, are left out. */
export function parseServerSentEvents(text: string): readonly ServerSentEvent[] {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .split('\n\n')
    .map(parseBlock)
    .filter((event) => event !== undefined);
}

function parseBlock(block: string): ServerSentEvent | undefined {
  const fields = block.split('\n').map(parseLine);
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  if (data.length === 0) return undefined;
  const event = fields.findLast(([name]) => name === 'event')?.[1] ?? 'message';
  const id = fields.findLast(([name]) => name === 'id')?.[1];
  return { event, data: data.join('\n'), ...(id === undefined ? {} : { id }) };
}

/** A line is `name: value`; one space after the colon does not count. */
function parseLine(line: string): readonly [name: string, value: string] {
  const colon = line.indexOf(':');
  if (colon === -1) return [line, ''];
  return [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, '')];
}
