import { expect, test } from 'vitest';
import { differingParamHeader, scanParamHeaders } from './param-headers.ts';

const schema = {
  type: 'object',
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    options: { type: 'object', properties: { replicas: { type: 'integer', 'x-mcp-header': 'Replicas' } } },
  },
};
const declared = [
  { path: ['region'], header: 'mcp-param-region', type: 'string' },
  { path: ['options', 'replicas'], header: 'mcp-param-replicas', type: 'integer' },
];

test('collects declarations at any depth of properties', () => {
  expect(scanParamHeaders(schema)).toEqual({ ok: true, headers: declared });
});

test.each([
  ['in items', { properties: { list: { type: 'array', items: { type: 'string', 'x-mcp-header': 'A' } } } }],
  ['in anyOf', { properties: { a: { anyOf: [{ type: 'string', 'x-mcp-header': 'A' }] } } }],
  ['at the root', { type: 'object', 'x-mcp-header': 'A' }],
  ['on a number', { properties: { a: { type: 'number', 'x-mcp-header': 'A' } } }],
  ['with a name that is none', { properties: { a: { type: 'string', 'x-mcp-header': 'a b' } } }],
  ['twice', { properties: { a: { type: 'string', 'x-mcp-header': 'A' }, b: { type: 'string', 'x-mcp-header': 'a' } } }],
])('03 L8: a declaration %s makes the tool invalid', (_place, bad) => {
  expect(scanParamHeaders(bad)).toMatchObject({ ok: false });
});

test('data in a schema is not a declaration', () => {
  const withData = {
    properties: { a: { type: 'object', default: { 'x-mcp-header': 'A' }, enum: [{ 'x-mcp-header': 'B' }] } },
  };

  expect(scanParamHeaders(withData)).toEqual({ ok: true, headers: [] });
});

test('03 H2: compares the headers with the arguments, integers by value', () => {
  const args = { region: 'eu', options: { replicas: 3 } };

  expect(
    differingParamHeader(declared, args, { 'mcp-param-region': 'eu', 'mcp-param-replicas': '3.0' }),
  ).toBeUndefined();
  expect(differingParamHeader(declared, args, { 'mcp-param-region': 'us', 'mcp-param-replicas': '3' })).toBe(
    'mcp-param-region',
  );
  expect(differingParamHeader(declared, args, { 'mcp-param-region': 'eu' })).toBe('mcp-param-replicas');
  expect(differingParamHeader(declared, { region: null }, {})).toBeUndefined();
});
