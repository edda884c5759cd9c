import { expect, test } from 'vitest';
import { readLongLineId } from './long-line-id.ts';

test.for([
  ['{"jsonrpc":"2.0","id":12,"result":{"content":[', '"}]}}', 12],
  ['{ "id" : 12, "result":', '}', 12],
  ['{"result":{"content":[', '"}]},"jsonrpc":"2.0","id":12}', 12],
  ['{"result":{"content":[', '"}]},"id":12,"jsonrpc":"2.0"} ', 12],
  ['{"jsonrpc":"2.0","method":"notifications/message","params":{"id":1,', '"id":12}}', undefined],
  ['{"result":{"id":1,"text":"', '\\"id\\":12"}', undefined],
  ['{"method":"tools/call","params":{"arguments":{', '"}},"jsonrpc":"2.0","id":"a-1"}', 'a-1'],
  ['xxxx', 'xxxx', undefined],
] as const)('of a line that begins %s and ends %s it reads %s', ([head, tail, id]) => {
  expect(readLongLineId({ bytes: 99, head, tail })).toBe(id);
});
