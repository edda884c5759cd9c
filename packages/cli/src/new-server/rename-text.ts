import type { ProcessPorts } from '../up/fleet-ports.ts';
import { spellings, type ServerNames } from './server-names.ts';

/** What an example is called now, and what the new server is to be called. */
export interface Renaming {
  readonly from: string;
  readonly to: string;
  /** Ports of the example and of the new server; absent when the example names none. */
  readonly ports?: { readonly from: ProcessPorts; readonly to: ProcessPorts };
}

/** Where a word was found: what stands before and after it. */
interface Place {
  readonly before: string;
  readonly after: string;
}

/**
 * Rewrites a text that is no code (a manifest, a page, a file name) for the new server: package and folder names, the name
 * in every spelling, the area of its permissions (`examples:read`), the ports. Other words that begin alike stay.
 */
export function renameText(text: string, renaming: Renaming): string {
  return rename(text, renaming, () => false);
}

/** Rewrites a source file likewise. There a name of one word is an identifier, unless quotes or a path are around it. */
export function renameCode(text: string, renaming: Renaming): string {
  return rename(text, renaming, isIdentifier);
}

function isIdentifier({ before, after }: Place): boolean {
  return !/['"`/@-]$/.test(before) && !/^(?:['"`/-]|__)/.test(after);
}

function rename(text: string, { from, to, ports }: Renaming, isCode: (place: Place) => boolean): string {
  const old = spellings(from);
  const names = spellings(to);
  const words = new Map<string, (place: Place) => string>([
    [`@fairlead/example-${from}`, () => `@fairlead/${to}`],
    [`examples/${from}`, () => `services/${to}`],
    ...nameWords(old, names, isCode),
    ...portWords(ports),
  ]);
  // One pass over all words: what was put in for one must not be found by the next.
  return text
    .replaceAll(patternOf(old, [...words.keys()]), (word: string, ...details: unknown[]) => {
      const offset = details.find((detail) => typeof detail === 'number') ?? 0;
      const place = { before: text.slice(0, offset), after: text.slice(offset + word.length) };
      return words.get(word)?.(place) ?? word;
    })
    .replaceAll(/\bexamples:([a-z]+)\b/g, `${to}:$1`);
}

/** A name of one word has one spelling where a name of several has two; the place tells which is meant. */
function nameWords(
  old: ServerNames,
  names: ServerNames,
  isCode: (place: Place) => boolean,
): readonly (readonly [string, (place: Place) => string])[] {
  const lower = (place: Place): string => (isCode(place) ? names.camel : names.kebab);
  const upper = (place: Place): string => (isCode(place) ? names.pascal : names.title);
  return [
    [old.screaming, () => names.screaming],
    [old.title, old.title === old.pascal ? upper : () => names.title],
    ...(old.title === old.pascal ? [] : [[old.pascal, () => names.pascal] as const]),
    [old.kebab, old.kebab === old.camel ? lower : () => names.kebab],
    ...(old.kebab === old.camel ? [] : [[old.camel, () => names.camel] as const]),
  ];
}

function portWords(ports: Renaming['ports']): readonly (readonly [string, () => string])[] {
  if (ports === undefined) return [];
  return [
    [String(ports.from.mcp), () => String(ports.to.mcp)],
    [String(ports.from.ops), () => String(ports.to.ops)],
  ];
}

/** Words end where no small letter or digit follows. Only a name with a capital may stand inside a longer one. */
function patternOf(old: ServerNames, words: readonly string[]): RegExp {
  const whole = words.filter((word) => word !== old.pascal).map((word) => RegExp.escape(word));
  return new RegExp(`(?:(?<![A-Za-z0-9])(?:${whole.join('|')})|${RegExp.escape(old.pascal)})(?![a-z0-9])`, 'g');
}
