import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { listenOnLoopback } from '../subjects/listen-on-loopback.ts';
import { runLoad } from './run-load.ts';

test('sends exactly the ordered number of calls, one at a time on each connection', async () => {
  const waiting: (() => void)[] = [];
  let calls = 0;
  // Nobody is answered before all four connections ask: fewer at a time would wait for ever.
  await using server = createServer((request, response) => {
    calls += 1;
    waiting.push(() => request.pipe(response));
    if (waiting.length === 4) for (const answer of waiting.splice(0)) answer();
  });
  const url = `${await listenOnLoopback(server)}/`;

  const report = await runLoad({ url, kind: 'echo', toolName: 'add', connections: 4, calls: 48 });

  expect(report).toMatchObject({ status: 'done', wallMs: expect.any(Number), p50Ms: expect.any(Number) });
  expect(calls).toBe(48);
});

test('fails as a whole when one answer is wrong', async () => {
  let calls = 0;
  await using server = createServer((request, response) => {
    calls += 1;
    if (calls === 10) response.end('something else');
    else request.pipe(response);
  });
  const url = `${await listenOnLoopback(server)}/`;

  const report = await runLoad({ url, kind: 'echo', toolName: 'add', connections: 2, calls: 50 });

  expect(report).toEqual({ status: 'failed', reason: 'wrong answer (status 200): something else' });
});
