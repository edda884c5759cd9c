import type { LongLine } from '../lines/line-splitter.ts';

/** As Python's and Rust's SDKs write it: the id stands before the result. */
const atHead = /^\s*\{\s*(?:"jsonrpc"\s*:\s*"2\.0"\s*,\s*)?"id"\s*:\s*(\d{1,15})\s*,/;
/** As the TypeScript SDK writes it: the id stands behind the result. The last brace is the outermost one. */
const atTail = /"id"\s*:\s*(\d{1,15})\s*(?:,\s*"jsonrpc"\s*:\s*"2\.0"\s*)?\}\s*$/;

/** The id of an answer that was too long to keep, where one of its ends shows it. */
export function readLongAnswerId({ head, tail }: LongLine): number | undefined {
  const digits = (atHead.exec(head) ?? atTail.exec(tail))?.[1];
  return digits === undefined ? undefined : Number(digits);
}
