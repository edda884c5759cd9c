/** One event of a stream, as it was sent: fields that were absent stay absent. */
export interface SseEvent {
  readonly id?: string;
  readonly event?: string;
  /** Reconnect delay in milliseconds that the server asks for. */
  readonly retry?: number;
  readonly data?: string;
}

/** Writes an event in the form of the HTML specification; a line feed in the data becomes a second `data:` line. */
export function encodeSseEvent({ id, event, retry, data }: SseEvent): string {
  let text = '';
  if (event !== undefined) text += `event: ${event}\n`;
  if (id !== undefined) text += `id: ${id}\n`;
  if (retry !== undefined) text += `retry: ${retry}\n`;
  if (data !== undefined)
    text += data.includes('\n') ? `data: ${data.replaceAll('\n', '\ndata: ')}\n` : `data: ${data}\n`;
  return `${text}\n`;
}
