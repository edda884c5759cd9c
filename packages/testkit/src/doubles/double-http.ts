import { Unavailable } from '@fairlead/server-kit/runtime';
import type { z } from 'zod';

/** One request to a double. */
export interface DoubleRequest<Schema extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Path with its query. */
  readonly path: string;
  readonly token: string;
  readonly body?: unknown;
  readonly answer: Schema;
}

/**
 * Sends one JSON request to a double and parses the answer. Doubles are seeded and looked into by their own HTTP API,
 * as their users call them.
 *
 * @throws Unavailable `DOUBLE_REFUSED` with the double's own words.
 */
export async function askDouble<Schema extends z.ZodType>(
  url: string,
  request: DoubleRequest<Schema>,
): Promise<z.output<Schema>> {
  const { method, path, token, body, answer } = request;
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const parsed = response.ok ? answer.safeParse(JSON.parse(text)) : undefined;
  if (parsed?.success) return parsed.data;
  throw new Unavailable('DOUBLE_REFUSED', {
    publicMessage: `The double refused ${method} ${path} with status ${response.status}: ${text.slice(0, 300)}`,
    cause: parsed?.error,
  });
}
