import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { createEventRenamer } from './rename-events.ts';

const list = (name: string): string => `{"result":{"tools":[{"name":"${name}"}]},"id":1}`;
const events = `: keep-alive\r\n\nid: 1\ndata: ${list('fixture__größe')}\n\ndata: {"method":"notifications/x"}\n\ndata: end`;

test('03 §6: the shim takes the prefix off in event streams, wherever they are cut', async () => {
  const bytes = Buffer.from(events);
  for (const size of [1, 2, 7, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );

    expect(await text(Readable.from(chunks).pipe(createEventRenamer('fixture__')))).toBe(
      events.replace('fixture__', ''),
    );
  }
});
