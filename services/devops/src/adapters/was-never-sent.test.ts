import { expect, test } from 'vitest';
import { cut, startScriptedServer } from '../../test/scripted-server.ts';
import { wasNeverSent } from './was-never-sent.ts';

test('a refused connection sent nothing', async () => {
  const server = await startScriptedServer(cut);
  await server[Symbol.asyncDispose]();

  const error: unknown = await fetch(server.url).catch((reason: unknown) => reason);

  expect(wasNeverSent(error)).toBe(true);
});

test('of a connection that was cut one cannot tell', async () => {
  await using server = await startScriptedServer(cut);

  const error: unknown = await fetch(server.url).catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(TypeError);
  expect(wasNeverSent(error)).toBe(false);
});
