/** Inclusive ranges of code points that show nothing or reorder what is shown (06 S-91), in rising order. */
const hiddenRanges: readonly (readonly [number, number])[] = [
  [0x00, 0x08], // C0 without tab and newline
  [0x0b, 0x1f],
  [0x7f, 0x9f], // delete, C1
  [0xad, 0xad], // soft hyphen
  [0x115f, 0x1160], // Hangul fillers
  [0x200b, 0x200f], // zero-width, direction marks
  [0x202a, 0x202e], // bidi controls
  [0x2060, 0x206f], // word joiner, invisible operators, bidi isolates, deprecated format characters
  [0x3164, 0x3164], // Hangul filler
  [0xfeff, 0xfeff], // byte order mark
  [0xffa0, 0xffa0], // half-width Hangul filler
  [0xe0000, 0xe007f], // tags
  [0xe0100, 0xe01ef], // variation selectors supplement
];

const nonJoiner = 0x200c;
const joiner = 0x200d;

/** A class of a regular expression with the flag `u` that matches one hidden character. */
export const hiddenCharacterClass = `[${hiddenRanges.map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`).join('')}]`;

/** Whether a code point shows nothing, or changes the order of what is shown. The two joiners count as hidden here. */
export function isHiddenCharacter(codePoint: number): boolean {
  if (codePoint >= 0x20 && codePoint < 0x7f) return false;
  return hiddenRanges.some(([first, last]) => codePoint >= first && codePoint <= last);
}

const shaped = [
  'Adlm',
  'Arab',
  'Beng',
  'Deva',
  'Gujr',
  'Guru',
  'Khmr',
  'Knda',
  'Lao',
  'Mand',
  'Mlym',
  'Mong',
  'Mymr',
  'Nkoo',
  'Orya',
  'Sinh',
  'Syrc',
  'Taml',
  'Telu',
  'Tibt',
];
const shapedLetter = new RegExp(`^(?:${shaped.map((script) => String.raw`\p{scx=${script}}`).join('|')})$`, 'u');
const beforeEmojiJoiner = /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)$/u;
const pictograph = /^\p{Extended_Pictographic}$/u;

/**
 * Whether a joiner is part of how the text is written: between two pictographs (a family emoji), or after a letter of
 * a script in which it changes the letters' shapes (Persian, Hindi, Sinhala).
 */
export function isNeededJoiner(codePoint: number, before: string, after: string): boolean {
  if (codePoint !== joiner && codePoint !== nonJoiner) return false;
  if (isShapedLetter(before) && (codePoint === joiner || isShapedLetter(after))) return true;
  return codePoint === joiner && beforeEmojiJoiner.test(before) && pictograph.test(after);
}

// Script_Extensions also holds digits and punctuation that scripts share; only letters and marks change their shape.
function isShapedLetter(character: string): boolean {
  return /^[\p{L}\p{M}]$/u.test(character) && shapedLetter.test(character);
}
