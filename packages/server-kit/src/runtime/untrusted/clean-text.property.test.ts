import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';

const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 5 }),
  fc.constantFrom(
    '&',
    '#',
    'x',
    ';',
    '200b',
    '8203',
    '&#x200b;',
    '&zwj;',
    '\u200B',
    '\u200D',
    '\u200C',
    'م',
    '👩',
    '\uFE0F',
    '\u{E0041}',
    '\r',
    '\uD800',
  ),
);
const text = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

const neverAllowed =
  /[\u{E0000}-\u{E007F}]|[\u{E0100}-\u{E01EF}]|[\u202A-\u202E\u2060-\u206F\u200B\u200E\u200F\uFEFF\u00AD\u115F\u1160\u3164\uFFA0]/u;

test('leaves no character that S-91 names, whatever the text', () => {
  fc.assert(
    fc.property(text, (input) => {
      const { text: cleaned } = cleanText(input);
      expect(cleaned).not.toMatch(neverAllowed);
      expect(
        Array.from(cleaned).every(
          (character) => !/\p{Cc}/u.test(character) || character === '\n' || character === '\t',
        ),
      ).toBe(true);
      expect(cleaned).not.toMatch(/&#(?:x0*200b|0*8203);/i);
    }),
    { numRuns: 200 },
  );
});

test('changes nothing the second time', () => {
  fc.assert(
    fc.property(text, (input) => {
      const once = cleanText(input).text;
      expect(cleanText(once)).toEqual({ text: once, removed: 0 });
    }),
    { numRuns: 200 },
  );
});

test('keeps printable text of any script as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aZ09 ,.é日本語كتابहिन्दी\n\t')) }), (input) => {
      expect(cleanText(input)).toEqual({ text: input, removed: 0 });
    }),
    { numRuns: 200 },
  );
});
