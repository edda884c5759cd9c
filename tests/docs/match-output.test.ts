import { expect, test } from 'vitest';
import { firstMissingLine } from './match-output.ts';

const actual = 'fairlead: starting\n  gateway   ready on http://127.0.0.1:4711/mcp  (1.0 s)\nfairlead: ready';

test.for(['fairlead: ready', '  gateway ... ready on ...', 'fairlead: starting\n...\nfairlead: ready', ''])(
  'finds %j',
  (expected) => {
    expect(firstMissingLine(expected, actual)).toBeUndefined();
  },
);

test.for([
  ['fairlead: stopped', 'fairlead: stopped'],
  ['fairlead: ready\nfairlead: starting', 'fairlead: starting'],
  ['fairlead: ready\nfairlead: ready', 'fairlead: ready'],
  ['gateway ... down', 'gateway ... down'],
  ['127.0.0.1:4...1/mcp (2', '127.0.0.1:4...1/mcp (2'],
] as const)('misses %j', ([expected, missing]) => {
  expect(firstMissingLine(expected, actual)).toBe(missing);
});
