import { objectField, stringField, type JsonObject } from '../../wire/json-value.ts';

/** Levels of log notices, from the least to the most urgent (RFC 5424). */
const LEVELS: readonly string[] = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

export function isLogLevel(text: string): boolean {
  return LEVELS.includes(text);
}

/** Whether a log notice is as urgent as was asked for. Nothing asked for, or a level that there is not: no notice. */
export function isAtLeast(notice: JsonObject, asked: string | undefined): boolean {
  const rank = asked === undefined ? -1 : LEVELS.indexOf(asked);
  if (rank === -1) return false;
  return LEVELS.indexOf(stringField(objectField(notice, 'params'), 'level') ?? '') >= rank;
}

/** The one of two levels that lets more notices through; either may be absent. */
export function moreVerbose(one: string | undefined, other: string | undefined): string | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return LEVELS.indexOf(one) <= LEVELS.indexOf(other) ? one : other;
}
