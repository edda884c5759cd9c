import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanMarkup } from './clean-markup.ts';

const piece = fc.constantFrom(
  'a',
  ' ',
  '\n',
  '\n\n',
  '<',
  '>',
  '/',
  '"',
  "'",
  '=',
  '!',
  '[',
  ']',
  '(',
  ')',
  '\\',
  '-',
  '`',
  '``',
  '```\n',
  '~~~\n',
  '#',
  '&',
  ';',
  ':',
  '<!--',
  '-->',
  '<script>',
  '</script>',
  '<div hidden>',
  '</div>',
  '<i style="display:none">',
  '</i>',
  '<img alt="x" src=y>',
  '![a](b)',
  '](javascript:',
  'java',
  'script:',
  'onclick=',
  '<b ',
  '> ',
  '- ',
  '[//]: # (',
  '<pre>',
  '</pre>',
  '<!',
  '<?',
  '&#x3a;',
);
const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''));

test('changes nothing the second time', () => {
  fc.assert(
    fc.property(
      text.map((input) => input.replaceAll('[//]', '')),
      (input) => {
        const once = cleanMarkup(input);
        expect(cleanMarkup(once)).toBe(once);
      },
    ),
    { numRuns: 200 },
  );
});

test('leaves no comment, script or image outside code', () => {
  fc.assert(
    fc.property(
      text.map((input) => input.replaceAll(/[`~]/g, '')),
      (input) => {
        const cleaned = cleanMarkup(input);
        expect(cleaned).not.toContain('<!--');
        expect(cleaned).not.toMatch(/<script[\s/>]/i);
        expect(cleaned).not.toContain('![');
      },
    ),
    { numRuns: 200 },
  );
});

test('leaves no javascript link in text without tags', () => {
  fc.assert(
    fc.property(
      text.map((input) => input.replaceAll(/[`~<]/g, '')),
      (input) => {
        expect(cleanMarkup(input)).not.toMatch(/\][(:]\s*javascript:/);
      },
    ),
    { numRuns: 200 },
  );
});

test('keeps text without marks as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...Array.from('ab 1.,;:?()=+*_#|\n')) }), (input) => {
      expect(cleanMarkup(input)).toBe(input);
    }),
    { numRuns: 200 },
  );
});
