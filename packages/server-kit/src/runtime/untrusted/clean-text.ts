import type { CleanedText } from './cleaned-text.ts';
import { hiddenCharacterClass, isHiddenCharacter, isNeededJoiner } from './hidden-characters.ts';
import { readReference, referencePattern } from './character-reference.ts';

const suspicious = new RegExp(`${hiddenCharacterClass}|[\\uFE00-\\uFE0F]|${referencePattern}`, 'u');
const referenceCharactersMax = 40;

/**
 * Takes out characters that a person does not see (06 S-91): tags, bidi controls, zero-width characters, fillers,
 * control characters, and character references that stand for one of these. Joiners stay where emoji and scripts need
 * them. Line ends become newlines; half surrogate pairs become U+FFFD. Cleaning twice changes nothing.
 */
export function cleanText(text: string): CleanedText {
  const source = text.toWellFormed().replaceAll(/\r\n?/g, '\n');
  return suspicious.test(source) ? cleanCharacters(Array.from(source)) : { text: source, removed: 0 };
}

function cleanCharacters(characters: readonly string[]): CleanedText {
  const kept: string[] = [];
  let removed = 0;
  let lastAmpersand = Number.NEGATIVE_INFINITY;
  for (const [index, character] of characters.entries()) {
    const after = characters[index + 1] ?? '';
    if (isHidden(character, kept.at(-1) ?? '', after)) {
      removed += 1;
      continue;
    }
    const mayEndReference = kept.length - lastAmpersand <= referenceCharactersMax;
    const isReferenceEnd = mayEndReference && character === ';' && dropReference(kept, after);
    if (isReferenceEnd || (mayEndReference && dropUnendedReference(kept, character))) removed += 1;
    if (character === '&') lastAmpersand = kept.length;
    if (!isReferenceEnd) kept.push(character);
  }
  if (dropUnendedReference(kept, '')) removed += 1;
  return { text: kept.join(''), removed };
}

function isHidden(character: string, before: string, after: string): boolean {
  // A second variation selector on one character shows nothing and can carry a message.
  if (isVariationSelector(character)) return isVariationSelector(before);
  const codePoint = character.codePointAt(0) ?? 0;
  return isHiddenCharacter(codePoint) && !isNeededJoiner(codePoint, before, after);
}

function isVariationSelector(character: string): boolean {
  return character >= '\uFE00' && character <= '\uFE0F';
}

/**
 * Drops a reference that ends here from what was kept, if it stands for a hidden character. Looks at what was kept and
 * not at the source, because taking something out can put the halves of a reference together.
 */
function dropReference(kept: string[], after: string): boolean {
  const start = referenceStart(kept);
  if (start === undefined) return false;
  const codePoint = readReference(kept.slice(start + 1).join(''));
  if (codePoint === undefined || !isHiddenCharacter(codePoint)) return false;
  if (isNeededJoiner(codePoint, kept[start - 1] ?? '', after)) return false;
  kept.length = start;
  return true;
}

/** A numeric reference also ends without a semicolon, at the first character that is no digit of it. */
function dropUnendedReference(kept: string[], next: string): boolean {
  if (!/^[0-9a-fA-F]$/.test(kept.at(-1) ?? '') || /^[0-9;]$/.test(next)) return false;
  const start = referenceStart(kept);
  if (start === undefined || kept[start + 1] !== '#') return false;
  const isHex = /^[xX]$/.test(kept[start + 2] ?? '');
  return isHex && /^[a-fA-F]$/.test(next) ? false : dropReference(kept, next);
}

function referenceStart(kept: readonly string[]): number | undefined {
  const last = Math.max(0, kept.length - referenceCharactersMax);
  for (let index = kept.length - 1; index >= last; index -= 1) {
    const character = kept[index] ?? '';
    if (character === '&') return index;
    if (!/^[0-9A-Za-z#]$/.test(character)) return undefined;
  }
  return undefined;
}
