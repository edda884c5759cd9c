import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { isPortTaken, planPorts } from './fleet-ports.ts';

/** A port of this host that somebody listens on until the scope ends. */
async function takePort(): Promise<{ readonly port: number } & Disposable> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return { port: address.port, [Symbol.dispose]: () => void server.close() };
}

test('gives free ports to everything when the gateway asks for 0, each only once', async () => {
  const plan = await planPorts(['data', 'devops', 'aiml'], 0);

  const ports = [...plan.values()].flatMap(({ mcp, ops }) => [mcp, ops]);
  expect(plan.size).toBe(4);
  expect(new Set(ports).size).toBe(8);
  expect(Math.min(...ports)).toBeGreaterThan(1023);
});

test('refuses a port that is in use, by its number, and says what works', async () => {
  using taken = await takePort();

  await expect(planPorts([], taken.port)).rejects.toMatchObject({
    exitCode: 1,
    message: `port ${taken.port} is in use.`,
    fix: 'use --port 0 for free ports',
  });
});

test('tells a taken port from a free one, and leaves the free one free', async () => {
  const taken = await takePort();
  expect(await isPortTaken(taken.port)).toBe(true);

  taken[Symbol.dispose]();

  await expect.poll(() => isPortTaken(taken.port)).toBe(false);
  expect(await isPortTaken(taken.port)).toBe(false);
});
