import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { freePort, until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { startBackendDouble } from '../support/backend-double.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';

const script = fileURLToPath(new URL('../support/backend-process.ts', import.meta.url));

/** A server in a process of its own. */
interface BackendProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Waits for a line of its output. */
  said(line: string): Promise<void>;
}

async function startProcess(port: number): Promise<BackendProcess> {
  const child = spawn(process.execPath, [script, String(port)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  const backend: BackendProcess = {
    child,
    said: async (line) =>
      void (await until(() => lines.includes(line), { withinMs: 10_000, what: `the line ${line}` })),
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
  await backend.said('listening');
  return backend;
}

function call(gateway: TestGateway, name: string): Promise<RawAnswer> {
  return rawMcp(gateway.mcp, gateway.as('admin')).modern({ method: 'tools/call', params: { name, arguments: {} } });
}

test('06 N20, 04 G-74: kill -9 of a server in mid-call costs that call, leaves the others alone, and is over five seconds after its restart', async () => {
  const port = await freePort();
  await using killed = await startProcess(port);
  await using other = await startBackendDouble({ tools: [{ name: 'fine', inputSchema: { type: 'object' } }] });
  await using gateway = await startTestGateway({
    servers: { killed: { url: `http://127.0.0.1:${port}/mcp` }, other: { url: other.url } },
  });
  const hanging = call(gateway, 'killed__hang');
  await killed.said('hanging');

  killed.child.kill('SIGKILL');

  const { messages } = await hanging;
  expect(messages[0]?.result).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'UPSTREAM_DOWN', message: expect.stringContaining('may have run') } },
  });
  expect((await call(gateway, 'other__fine')).text).toContain('done');
  const list = await until(
    async () => {
      const answer = await rawMcp(gateway.mcp, gateway.as('admin')).modern({ method: 'tools/list' });
      return answer.text.includes('dev.fairlead/stale') ? answer : undefined;
    },
    { withinMs: 5_000, what: 'the mark of a stale list' },
  );
  expect(list.messages[0]?.result).toMatchObject({
    tools: [{ name: 'killed__answer' }, { name: 'killed__hang' }, { name: 'other__fine' }],
  });

  await using restarted = await startProcess(port);
  await until(async () => (await call(gateway, 'killed__answer')).text.includes('alive'), {
    withinMs: 5_000,
    what: 'an answer of the restarted server',
  });
  expect(restarted.child.exitCode).toBeNull();
});
