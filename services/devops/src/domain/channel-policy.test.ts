import { expect, test } from 'vitest';
import { decideChannelWrite } from './channel-policy.ts';

const off = (...writable: readonly string[]) => ({ writable, directMessages: false });
const on = (...writable: readonly string[]) => ({ writable, directMessages: true });

test.each([
  ['a listed channel', decideChannelWrite(off('C0000000001'), 'C0000000001'), 'permitted'],
  ['a channel that is not listed', decideChannelWrite(off('C0000000001'), 'C0000000002'), 'unlisted'],
  ['any channel when all are listed', decideChannelWrite(off('*'), 'G0000000002'), 'permitted'],
  ['any channel when none is listed', decideChannelWrite(on(), 'C0000000001'), 'no_list'],
  [
    'a listed direct message while they are off',
    decideChannelWrite(off('D0000000001'), 'D0000000001'),
    'direct_messages_off',
  ],
  [
    'a direct message while they are off and all is listed',
    decideChannelWrite(off('*'), 'D0000000001'),
    'direct_messages_off',
  ],
  ['a listed direct message while they are on', decideChannelWrite(on('D0000000001'), 'D0000000001'), 'permitted'],
  ['an unlisted direct message while they are on', decideChannelWrite(on('C0000000001'), 'D0000000001'), 'unlisted'],
])('%s is decided', (_what, decision, expected) => {
  expect(decision).toBe(expected);
});
