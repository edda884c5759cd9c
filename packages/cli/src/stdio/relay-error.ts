import { problem } from '@fairlead/contracts';

/** A JSON-RPC error as one line. `id` is null when the request could not be read. */
export function toErrorMessage(id: string | number | null, code: number, message: string): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message } });
}

/**
 * The answer to a request that the gateway refused over plain HTTP: its own JSON-RPC error under the client's id, or the
 * words of its problem document.
 */
export function toRefusal(id: string | number, status: number, body: string): string {
  const value = parseJson(body);
  if (typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'object') {
    return JSON.stringify({ jsonrpc: '2.0', id, error: value.error });
  }
  const document = problem.safeParse(value);
  const words = document.success
    ? (document.data.detail ?? document.data.title)
    : `The gateway answered with status ${status}.`;
  return toErrorMessage(id, -32_000, words);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
