import { stemWord } from './stem-word.ts';
import { stopWords } from './stop-words.ts';

/** Turns text into the terms by which it is found. The same analyser serves documents, queries and vectors (07 A-17). */
export interface Analyser {
  /** All terms in order, with repeats and stop words. */
  terms(text: string): readonly string[];
  /** The distinct terms that a query looks for: stop words count only when there is nothing else. */
  queryTerms(text: string): readonly string[];
}

/** Longest term, in UTF-16 units: a line of base64 is one word to nobody. */
const termChars = 64;
/** Most distinct terms of a query; the rest would cost time and find nothing more. */
const queryTermsMax = 128;
/** Words that are remembered with their terms. Cleared when full, so that memory has a bound. */
const rememberedWordsMax = 50_000;

/**
 * Makes an analyser: NFKC, accents folded, camelCase, snake_case and digits split with the whole identifier kept, lower
 * case, light English stems. Terms hold letters, digits and underscores only, so that no query language reads them.
 */
export function createAnalyser(): Analyser {
  const remembered = new Map<string, readonly string[]>();
  const termsOfWord = (word: string): readonly string[] => {
    const known = remembered.get(word);
    if (known) return known;
    if (remembered.size >= rememberedWordsMax) remembered.clear();
    const terms = splitWord(word);
    if (word.length <= termChars) remembered.set(word, terms);
    return terms;
  };
  const terms = (text: string): readonly string[] => {
    const found: string[] = [];
    for (const word of text.normalize('NFKC').match(/[\p{L}\p{N}\p{M}_]+(?:['\u2019][\p{L}\p{M}]+)*/gu) ?? [])
      found.push(...termsOfWord(word));
    return found;
  };
  const queryTerms = (text: string): readonly string[] => {
    const distinct = [...new Set(terms(text))];
    const telling = distinct.filter((term) => !stopWords.has(term));
    return (telling.length > 0 ? telling : distinct).slice(0, queryTermsMax);
  };
  return { terms, queryTerms };
}

function splitWord(word: string): readonly string[] {
  const plain = word
    .slice(0, termChars * 4)
    .replace(/['\u2019]s$/i, '')
    .replaceAll(/['\u2019]/g, '');
  const folded = plain
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .normalize('NFC');
  const parts = folded.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}\p{M}]+|\p{Lu}+|\p{N}+/gu) ?? [];
  const stems = parts.map((part) => stemWord(lower(part))).filter((term) => term !== '');
  const whole = lower(folded).replaceAll(/^_+|_+$/g, '');
  return parts.length > 1 && whole !== '' ? [...stems, whole] : stems;
}

function lower(text: string): string {
  return text.toLowerCase().slice(0, termChars).toWellFormed();
}
