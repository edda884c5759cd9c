import { isUtf8 } from 'node:buffer';
import { InvalidInput } from '@fairlead/server-kit/runtime';
import { findDoubledKey } from './find-doubled-key.ts';
import { isJsonObject } from './json-value.ts';
import { parseKeepingNumbers } from './raw-json.ts';
import { JSON_DEPTH_MAX, scanJson } from './scan-json.ts';

/**
 * Decodes a JSON text so that no other reader can see another message in it (04 G-11 to G-13, 06 N01): UTF-8 only, no
 * doubled key, no `__proto__`, at most 64 levels, number literals kept where a double would change them.
 *
 * @throws InvalidInput `WIRE_INVALID` when it is no JSON; `WIRE_AMBIGUOUS` when two readers could differ about it.
 */
export function decodeJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw notJson('it is not valid UTF-8');
  const scan = scanJson(bytes);
  if (scan.tooDeepAt !== undefined) throw tooDeep(scan.tooDeepAt);
  const text = bytes.toString('utf8');
  const value = parse(text);
  if (countMembers(value) !== scan.members) throw doubledKey(text);
  return scan.inexactNumbers ? parseKeepingNumbers(text) : value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notJson('it does not parse', error);
  }
}

/** Members of all objects of a decoded value. `__proto__` is not counted, so that it shows as a difference. */
function countMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const element of value) count += countMembers(element);
    return count;
  }
  if (!isJsonObject(value)) return 0;
  for (const key in value) {
    if (key !== '__proto__') count += 1 + countMembers(value[key]);
  }
  return count;
}

function notJson(reason: string, cause?: unknown): InvalidInput {
  return new InvalidInput('WIRE_INVALID', {
    publicMessage: `The body is not JSON: ${reason}. Send one JSON-RPC message in UTF-8.`,
    cause,
  });
}

function tooDeep(offset: number): InvalidInput {
  return new InvalidInput('WIRE_AMBIGUOUS', {
    publicMessage: `The message is nested more than ${JSON_DEPTH_MAX} levels deep at byte ${offset}. Send it flatter.`,
    details: { offset, depthMax: JSON_DEPTH_MAX },
  });
}

function doubledKey(text: string): InvalidInput {
  const { key, offset } = findDoubledKey(text) ?? { key: '__proto__', offset: text.indexOf('__proto__') };
  return new InvalidInput('WIRE_AMBIGUOUS', {
    publicMessage: `The key ${JSON.stringify(key)} at byte ${offset} is doubled or reserved. Send each key once.`,
    details: { key, offset },
  });
}
