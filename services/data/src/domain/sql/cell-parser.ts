import type { Cell } from './row-page.ts';

/** Turns the text that Postgres sends for one value into a cell. */
export type CellParser = (text: string) => Cell;

const asText: CellParser = (text) => text;

/** NaN and the infinities have no number in JSON and stay text. */
const asNumber: CellParser = (text) => {
  const value = Number(text);
  return Number.isFinite(value) ? value : text;
};

const asBoolean: CellParser = (text) => text === 't';

/** Postgres writes bytea as `\x` and hex digits. */
const asBase64: CellParser = (text) => Buffer.from(text.slice(2), 'hex').toString('base64');

/** `2026-11-01 08:00:00.5+00` becomes `2026-11-01T08:00:00.5Z`. Infinities and years before Christ stay as they are. */
const asIsoTime: CellParser = (text) => {
  if (!text.endsWith('+00') || text.includes('infinity')) return text;
  return `${text.slice(0, -3).replace(' ', 'T')}Z`;
};

/** A time without a zone: the same, and it stays without one. */
const asIsoLocalTime: CellParser = (text) => (text.includes(' BC') ? text : text.replace(' ', 'T'));

// By the type's object id, which is the same in every database. int8 (20) and numeric (1700) are not here: as numbers
// they would lose digits (06 S-31).
const parsers: ReadonlyMap<number, CellParser> = new Map([
  [16, asBoolean],
  [17, asBase64],
  [21, asNumber],
  [23, asNumber],
  [26, asNumber],
  [700, asNumber],
  [701, asNumber],
  [1114, asIsoLocalTime],
  [1184, asIsoTime],
]);

/**
 * The parser for values of a type. The connection must write times in UTC and bytea in hex. Types that are not known
 * here, arrays and JSON among them, stay the text that Postgres writes.
 */
export function cellParser(typeId: number): CellParser {
  return parsers.get(typeId) ?? asText;
}
