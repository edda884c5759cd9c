import { expect, test } from 'vitest';
import { cleanText } from './clean-text.ts';

test.each([
  ['tags that spell a hidden message', 'ok\u{E0049}\u{E0067}\u{E006E}', { text: 'ok', removed: 3 }],
  ['variation selectors of the supplement', 'a\u{E0100}\u{E01EF}b', { text: 'ab', removed: 2 }],
  ['bidi controls', 'user\u202E\u2066 // admin\u2069', { text: 'user // admin', removed: 3 }],
  ['zero-width characters', 'pass\u200Bword\u200C\u200D\u2060\uFEFF', { text: 'password', removed: 5 }],
  ['soft hyphens and fillers', 'a\u00ADb\u115Fc\u3164d\uFFA0e', { text: 'abcde', removed: 4 }],
  ['control characters', 'a\u0000b\u001B[31mc\u0085d', { text: 'ab[31mcd', removed: 3 }],
  ['decimal and hexadecimal references', 'a&#8203;b&#x200b;c&#X0000200B;d', { text: 'abcd', removed: 3 }],
  ['named references', 'a&ZeroWidthSpace;b&shy;c&NoBreak;d&lrm;e', { text: 'abcde', removed: 4 }],
  ['references without a semicolon', 'a&#8203 b&#x200bz', { text: 'a bz', removed: 2 }],
  ['a reference that is left when its inside goes', '&#x20\u200B0b;', { text: '', removed: 2 }],
  ['references inside a reference', '&#x20&#x200b;0b;', { text: '', removed: 2 }],
  ['a second variation selector', '\u2764\uFE0F\uFE01\uFE02', { text: '\u2764\uFE0F', removed: 2 }],
])('takes out %s (06 S-91)', (_what, input, expected) => {
  expect(cleanText(input)).toEqual(expected);
});

// Near misses: a guard that damages honest text is a bug (06 §1).
test.each([
  ['a family emoji with its joiners', '👩‍👩‍👧‍👦 👍🏽 🧑🏿‍🚀 ❤️‍🔥'],
  ['Persian with zero-width non-joiners', 'می‌خواهم کتاب‌ها را بخوانم'],
  ['a Persian abbreviation that ends in a joiner', 'ه‍ ق'],
  ['Hindi and Sinhala with joiners', 'क्‍ष ශ්‍රී'],
  ['tabs, newlines and accents', 'naïve\tcafé\n日本語'],
  ['ordinary references', 'a &amp; b &lt;c&gt; &#150; &eacute; &#233; R&D; AT&T'],
  ['a Persian reference that the word needs', 'می&zwnj;خواهم'],
  ['hexadecimal words beside a number sign', 'issue #8203 and colour &c #ffeedd'],
])('keeps %s', (_what, input) => {
  expect(cleanText(input)).toEqual({ text: input, removed: 0 });
});

test('makes newlines of all line ends without counting them', () => {
  expect(cleanText('a\r\nb\rc')).toEqual({ text: 'a\nb\nc', removed: 0 });
});

test('replaces half surrogate pairs, which JSON cannot carry', () => {
  expect(cleanText('a\uD83Db').text).toBe('a\uFFFDb');
});

test('takes out joiners that stand beside no letter and no emoji', () => {
  expect(cleanText('a\u200Db \u200C1 👍\u200Dx')).toEqual({ text: 'ab 1 👍x', removed: 3 });
});

test('takes out every joiner of a run but the one that the word needs', () => {
  expect(cleanText('می\u200C\u200D\u200C\u200Dخواهم').removed).toBeGreaterThanOrEqual(3);
});

test('cleans a megabyte of nested references in linear time', () => {
  const depth = 60_000;
  const nested = `${'&#x20'.repeat(depth)}&#x200b;${'0b;'.repeat(depth)}`;
  const startedMs = performance.now();

  cleanText(nested);

  // A hang guard, not a claim of speed: quadratic work takes minutes here.
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});
