import { startTestService } from '@fairlead/server-kit/testing';
import { freePort } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { createEchoService, echoRoles } from './echo-service.ts';
import { runCli } from './run-cli.ts';

async function startEcho() {
  const service = await startTestService(createEchoService({ cancelled: [] }), { roles: echoRoles });
  const url = new URL(service.mcpUrl).origin;
  const as = (role: 'admin' | 'reader') => ({ env: { FAIRLEAD_URL: url, FAIRLEAD_KEY: service.keys[role] ?? '' } });
  return { as, [Symbol.asyncDispose]: service.stop };
}

test('calls a tool with values typed by its schema, and prints its text', async () => {
  await using echo = await startEcho();

  const call = await runCli(['call', 'echo_text', 'text=12', 'times=2'], echo.as('admin'));

  expect(call).toEqual({ code: 0, stdout: '12 12\n', stderr: '' });
});

test('prints the whole result with --json, and takes --args', async () => {
  await using echo = await startEcho();

  const call = await runCli(['call', 'echo_text', '--args', '{"text":"hi"}', '--json'], echo.as('admin'));

  expect(call.code).toBe(0);
  expect(JSON.parse(call.stdout)).toMatchObject({ structuredContent: { echoed: 'hi' } });
});

test('reads an answer that comes as a stream after progress', async () => {
  await using echo = await startEcho();

  const call = await runCli(['call', 'count_up', '--json'], echo.as('admin'));

  expect(JSON.parse(call.stdout)).toMatchObject({ structuredContent: { sum: 3 } });
});

test('ends with 5 when the tool answers with an error, and prints its words', async () => {
  await using echo = await startEcho();

  const call = await runCli(['call', 'find_nothing'], echo.as('admin'));

  expect(call).toMatchObject({
    code: 5,
    stdout: '',
    stderr: expect.stringContaining('There is nothing. Look elsewhere.'),
  });
});

test('ends with 6 for a tool that the key may not call, in the words for one that does not exist', async () => {
  await using echo = await startEcho();

  const denied = await runCli(['call', 'find_nothing'], echo.as('reader'));
  const unknown = await runCli(['call', 'find_anything'], echo.as('reader'));

  expect(denied.code).toBe(6);
  expect(denied.stderr.replace('find_nothing', 'find_anything')).toBe(unknown.stderr);
});

test('ends with 1 for a field that the tool does not have', async () => {
  await using echo = await startEcho();

  const call = await runCli(['call', 'echo_text', 'txt=a'], echo.as('admin'));

  expect(call).toMatchObject({ code: 1, stderr: expect.stringContaining('has no field "txt" (fields: text, times)') });
});

test('ends with 3 for a key that the server does not know', async () => {
  await using echo = await startEcho();

  const call = await runCli(['call', 'echo_text', 'text=a', '--key', 'flk_nobody'], echo.as('admin'));

  expect(call).toMatchObject({ code: 3, stdout: '' });
});

test('ends with 4 when nobody answers', async () => {
  const env = { FAIRLEAD_URL: `http://127.0.0.1:${await freePort()}`, FAIRLEAD_KEY: 'flk_x' };

  const call = await runCli(['call', 'echo_text', 'text=a'], { env });

  expect(call).toMatchObject({
    code: 4,
    stderr: expect.stringMatching(/does not answer\.\n {2}fix: fairlead doctor\n$/),
  });
});

test('lists what the key may call, and shows one tool with its fields', async () => {
  await using echo = await startEcho();

  const list = await runCli(['tools', 'list'], echo.as('reader'));
  const shown = await runCli(['tools', 'show', 'echo_text', '--json'], echo.as('reader'));

  expect(list.stdout.split('\n').map((line) => line.split(' ')[0])).toEqual(['count_up', 'echo_text', 'wait_long', '']);
  expect(JSON.parse(shown.stdout)).toMatchObject({ name: 'echo_text', inputSchema: { required: ['text'] } });
});
