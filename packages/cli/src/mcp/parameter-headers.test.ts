import { expect, test } from 'vitest';
import { parameterHeaders } from './parameter-headers.ts';

const schema = {
  properties: {
    region: { type: 'string', 'x-mcp-header': 'Region' },
    count: { type: 'integer', 'x-mcp-header': 'Count' },
    place: { type: 'object', properties: { city: { type: 'string', 'x-mcp-header': 'City' } } },
    plain: { type: 'string' },
  },
};

test('repeats the marked arguments, nested ones too, and no others', () => {
  const headers = parameterHeaders(schema, { region: 'eu', count: 3, place: { city: 'Köln' }, plain: 'x' });

  expect(headers).toEqual({
    'mcp-param-region': 'eu',
    'mcp-param-count': '3',
    'mcp-param-city': '=?base64?S8O2bG4=?=',
  });
});

test('makes no header for an argument that is absent', () => {
  expect(parameterHeaders(schema, {})).toEqual({});
});
