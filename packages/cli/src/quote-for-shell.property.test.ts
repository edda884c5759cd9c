import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteForShell } from './quote-for-shell.ts';

test('a shell reads every quoted word back as it was', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: 'grapheme' }).filter((word) => !word.includes('\0')),
        { maxLength: 40 },
      ),
      (words) => {
        const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${words.map(quoteForShell).join(' ')}`], {
          encoding: 'utf8',
        });

        expect(printed).toBe(words.length === 0 ? '\0' : `${words.join('\0')}\0`);
      },
    ),
    { numRuns: 200 },
  );
});
