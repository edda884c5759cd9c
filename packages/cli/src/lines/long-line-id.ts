import type { LongLine } from './line-splitter.ts';

const id = String.raw`"id"\s*:\s*(\d{1,15}|"[^"\\]{0,64}")\s*`;
const version = String.raw`"jsonrpc"\s*:\s*"2\.0"\s*`;
/** As Python's and Rust's SDKs write it: the id stands before the rest. */
const atHead = new RegExp(String.raw`^\s*\{\s*(?:${version},\s*)?${id},`);
/** As the TypeScript SDK writes it: the id stands behind the rest. The last brace is the outermost one. */
const atTail = new RegExp(String.raw`${id}(?:,\s*${version})?\}\s*$`);

/** The id of a JSON-RPC message that was too long to keep, where one of its ends shows it. */
export function readLongLineId({ head, tail }: LongLine): string | number | undefined {
  const found = (atHead.exec(head) ?? atTail.exec(tail))?.[1];
  if (found === undefined) return undefined;
  return found.startsWith('"') ? found.slice(1, -1) : Number(found);
}
