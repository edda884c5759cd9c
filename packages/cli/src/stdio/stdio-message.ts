import { requestMeta } from '../mcp/protocol.ts';

/** One message of a stdio stream, with what a relay needs to know of it. */
export type StdioMessage =
  | ({
      readonly kind: 'request';
      readonly text: string;
      readonly method: string;
      readonly id: string | number;
    } & MessageParams)
  | ({ readonly kind: 'notification'; readonly text: string; readonly method: string } & MessageParams)
  | { readonly kind: 'response'; readonly text: string; readonly id: string | number | undefined }
  | { readonly kind: 'broken'; readonly code: number; readonly reason: string };

interface MessageParams {
  readonly params: Readonly<Record<string, unknown>>;
  /** The revision that the message names for itself: it is of the modern era. */
  readonly version: string | undefined;
}

const parseError = -32_700;
const invalidRequest = -32_600;

/** Reads one line. `text` stays as it was written, so that no number in it changes. */
export function readStdioMessage(text: string): StdioMessage {
  const value = parseJson(text);
  if (value === undefined) return { kind: 'broken', code: parseError, reason: 'the line is not JSON' };
  if (!isObject(value))
    return { kind: 'broken', code: invalidRequest, reason: 'a message is one JSON object; batches are not served' };
  const { method, id } = value;
  const hasId = typeof id === 'string' || typeof id === 'number';
  if (typeof method !== 'string') return { kind: 'response', text, id: hasId ? id : undefined };
  const params = isObject(value['params']) ? value['params'] : {};
  const meta = isObject(params['_meta']) ? params['_meta'] : {};
  const version = meta[requestMeta.version];
  const common = { text, method, params, version: typeof version === 'string' ? version : undefined };
  if (hasId) return { kind: 'request', id, ...common };
  return { kind: 'notification', ...common };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
