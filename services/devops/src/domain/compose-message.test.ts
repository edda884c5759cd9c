import { expect, test } from 'vitest';
import { composeMessage } from './compose-message.ts';

test('keeps the text and names the caller below it', () => {
  expect(composeMessage('Payments work again.', 'dana@acme.example')).toBe(
    'Payments work again.\n\n_Sent for dana@acme.example through Fairlead_',
  );
});

// 06 S-71: one tool call must not wake a whole company.
test.each([
  '<!channel>',
  '<!here>',
  '<!everyone>',
  '<!here|here>',
  '<!subteam^S0123456789|@ops>',
  '<<!channel>>',
  '<!channel><!here>',
])('makes %s inert and shows it as it was written', (mention) => {
  const text = composeMessage(mention, 'dana');

  expect(text).not.toContain('<!');
  expect(text.replaceAll('&lt;', '<')).toContain(mention);
});

test.each(['a < b and c > d', '<https://acme.example/cases/7|case 7>', 'thanks <@U0123456789>', 'wow <3 !'])(
  'leaves %s alone',
  (text) => {
    expect(composeMessage(text, 'dana')).toContain(text);
  },
);

test('a caller name brings no mention, link or formatting of its own', () => {
  const text = composeMessage('Hello', '*<!channel>* `x`\n_y_');

  expect(text).toBe('Hello\n\n_Sent for  &lt;!channel&gt;   x   y  through Fairlead_');
});
