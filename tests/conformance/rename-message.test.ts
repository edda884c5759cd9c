import { expect, test } from 'vitest';
import { addPrefix, stripPrefix } from './rename-message.ts';

const prefix = 'fixture__';

test('03 §6: the shim puts the prefix before names of tools, prompts and prompts to complete', () => {
  expect(sent({ method: 'tools/call', params: { name: 'echo', arguments: { name: 'x' } } })).toEqual({
    method: 'tools/call',
    params: { name: 'fixture__echo', arguments: { name: 'x' } },
  });
  expect(sent({ params: { ref: { type: 'ref/prompt', name: 'greet' } } })).toEqual({
    params: { ref: { type: 'ref/prompt', name: 'fixture__greet' } },
  });
});

test('03 §6: the shim leaves a name of a neighbour as the list shows it', () => {
  expect(sent({ params: { name: 'data__query' } })).toEqual({ params: { name: 'data__query' } });
});

test('03 §6: the shim passes all other bodies byte by byte', () => {
  for (const text of ['{"params":{"uri":"test://a"}}', '[{"params":{"name":"a"}}]', '{"id": 1 }', '{broken', '']) {
    const body = Buffer.from(text);

    expect(addPrefix(body, prefix)).toBe(body);
  }
});

test('03 §6: the shim takes the prefix off the names in lists, and off nothing else', () => {
  const tools = [{ name: 'fixture__echo', description: 'fixture__' }, { name: 'data__query' }];

  expect(JSON.parse(stripPrefix(JSON.stringify({ id: 1, result: { tools } }), prefix))).toEqual({
    id: 1,
    result: { tools: [{ name: 'echo', description: 'fixture__' }, { name: 'data__query' }] },
  });
  expect(stripPrefix('{"result": {"content":[]}}', prefix)).toBe('{"result": {"content":[]}}');
});

function sent(message: object): unknown {
  return JSON.parse(addPrefix(Buffer.from(JSON.stringify(message)), prefix).toString('utf8'));
}
