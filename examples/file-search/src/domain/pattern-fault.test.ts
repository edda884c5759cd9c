import { expect, test } from 'vitest';
import { patternFault } from './pattern-fault.ts';

test.for([
  '*.md',
  'guides/**/*.{md,txt}',
  '**/*test*.*',
  'a?c',
  '[ab]*',
  '{a,b}/{c,d}/{e,f}.md',
  'c++.md',
  '..notes.md',
  'a..b',
  '*-*-*',
])('takes %s', (pattern) => {
  expect(patternFault(pattern)).toBeUndefined();
});

// 06 S-40, S-50: what leads out, and what would make a slow expression.
test.for([
  '/etc/passwd',
  '../*',
  'a/../../b',
  '..',
  'a\\b',
  'a\0b',
  'a\nb',
  '!*.md',
  '+(a|aa)b',
  '(a+)+b',
  'a|b',
  '{a,aa}+b',
  '[a]+b',
  '{1..9999}',
  '{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}',
  `{${'a,'.repeat(32)}a}`,
  '*a*a*a*a',
  '**/**/**/**/a',
])('says what is wrong with %j', (pattern) => {
  expect(patternFault(pattern)).toMatch(/^\w.+/);
});

function braces(count: number): string {
  return `{${Array.from({ length: count }, (_, index) => `a${index}`).join(',')}}`;
}

test('takes 32 alternatives and refuses 33', () => {
  expect([patternFault(braces(32)), patternFault(braces(33))]).toEqual([undefined, expect.stringContaining('32')]);
});
