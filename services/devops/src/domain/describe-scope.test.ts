import { expect, test } from 'vitest';
import { describeScope } from './describe-scope.ts';

test('says of each target once what may be done to it', () => {
  expect(describeScope(['acme/shop', 'acme/handbook'], ['acme/shop', 'acme/notes'])).toEqual([
    'acme/handbook (read)',
    'acme/notes (write)',
    'acme/shop (read, write)',
  ]);
});
