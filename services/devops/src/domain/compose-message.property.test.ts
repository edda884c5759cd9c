import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { composeMessage } from './compose-message.ts';

const pieces = constantFrom('<', '!', '&', '&lt;', 'channel', 'here', 'subteam^S1', '|', '>', ' ', 'a');

// 06 S-71: Slack reads `<!` as a mention, and nothing else as one of a group.
test('no text and no caller name ever holds the start of a special mention', () => {
  assert(
    property(array(pieces), array(pieces), (text, caller) => {
      expect(composeMessage(text.join(''), caller.join(''))).not.toContain('<!');
    }),
    { numRuns: 200 },
  );
});
