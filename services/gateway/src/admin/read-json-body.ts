import { InvalidInput } from '@fairlead/server-kit/runtime';
import express, { type Request, type Response } from 'express';

/** Largest body of a request to the admin API. */
const BODY_BYTES_MAX = 64 * 1024;

const parseJson = express.json({ limit: BODY_BYTES_MAX });

/**
 * Reads the JSON body of a request, after its caller was let in.
 *
 * @throws InvalidInput when it is no JSON, not announced as JSON, or too large.
 */
export async function readJsonBody(request: Request, response: Response): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  parseJson(request, response, (error: unknown) => (error === undefined ? resolve() : reject(toInvalidInput(error))));
  await promise;
  return request.body;
}

function toInvalidInput(cause: unknown): InvalidInput {
  const isTooLarge =
    typeof cause === 'object' && cause !== null && 'type' in cause && cause.type === 'entity.too.large';
  const reason = isTooLarge ? `is larger than ${BODY_BYTES_MAX} bytes` : 'is not JSON';
  return new InvalidInput('INPUT_INVALID', { publicMessage: `The body ${reason}. Send one JSON object.`, cause });
}
