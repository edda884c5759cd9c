import { expect, test } from 'vitest';
import { checkParamHeaders } from './param-headers.ts';

const tool = {
  name: 'find',
  inputSchema: {
    type: 'object',
    properties: {
      region: { type: 'string', 'x-mcp-header': 'Region' },
      limit: { type: 'integer', 'x-mcp-header': 'Limit' },
      query: { type: 'string' },
    },
  },
} as const;

test('H2: passes when declared arguments and headers say the same', () => {
  const headers = { 'mcp-param-region': 'eu', 'mcp-param-limit': '5' };

  expect(checkParamHeaders(tool, { region: 'eu', limit: 5, query: 'x' }, headers)).toBeUndefined();
});

test('H2: expects no header for an argument that is absent or null', () => {
  expect(checkParamHeaders(tool, { region: null }, {})).toBeUndefined();
  expect(checkParamHeaders(tool, {}, { 'mcp-param-region': 'eu' })).toBeUndefined();
});

test.each([
  ['the header is missing', { region: 'eu' }, {}],
  ['the header says something else', { region: 'eu' }, { 'mcp-param-region': 'us' }],
  ['the base64 is broken', { region: 'eu' }, { 'mcp-param-region': '=?base64?ZXU?=' }],
  ['the number differs', { limit: 5 }, { 'mcp-param-limit': '6' }],
])('H2: refuses when %s', (_why, input, headers) => {
  expect(checkParamHeaders(tool, input, headers)).toMatchObject({ code: -32_020 });
});

test('reads arguments that are inherited as absent', () => {
  const inherited = {
    ...tool,
    inputSchema: { type: 'object', properties: { constructor: { type: 'string', 'x-mcp-header': 'C' } } },
  } as const;

  expect(checkParamHeaders(inherited, {}, {})).toBeUndefined();
});
