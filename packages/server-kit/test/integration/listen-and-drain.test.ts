import { expect, test } from 'vitest';
import { startTestService } from '@fairlead/server-kit/testing';
import { modern } from '../mcp-request.ts';
import { createProbeService, type ProbeDeps } from '../probe-service.ts';

const listenTo = (notifications: Record<string, unknown>) => ({
  method: 'subscriptions/listen',
  params: { notifications },
});

function newDeps(): ProbeDeps {
  return { ran: [], aborted: [], changes: undefined };
}

test('S1, S2, P-20: acknowledges first, tags every message, and ends with a result when the server drains', async () => {
  const deps = newDeps();
  const service = await startTestService(createProbeService(deps));
  const server = { url: service.mcpUrl, key: service.keys['admin'] ?? '' };
  const listening = modern(server, listenTo({ toolsListChanged: true, resourceSubscriptions: ['probe://lamp'] }), {
    id: 'sub',
  });
  const metrics = async (): Promise<string> => (await fetch(`${service.opsUrl}/metrics`)).text();
  await expect.poll(metrics).toMatch(/fairlead_streams\{[^}]*\} 1/);

  deps.changes?.promptsChanged();
  deps.changes?.resourceUpdated('probe://rope');
  deps.changes?.resourceUpdated('probe://lamp');
  deps.changes?.toolsChanged();
  await service.stop();

  const { messages } = await listening;
  expect(messages.map(({ method }) => method)).toEqual([
    'notifications/subscriptions/acknowledged',
    'notifications/resources/updated',
    'notifications/tools/list_changed',
    undefined,
  ]);
  for (const message of messages.slice(0, 3)) {
    expect(message.params?.['_meta']).toEqual({ 'io.modelcontextprotocol/subscriptionId': 'sub' });
  }
  expect(messages.at(-1)?.result).toMatchObject({ resultType: 'complete' });
});

test('S5: ends at once when nothing of the filter can be honoured, such as what cannot be read, and refuses a listen without one', async () => {
  await using service = await startTestService(createProbeService());
  const server = { url: service.mcpUrl, key: service.keys['admin'] ?? '' };

  const nothing = await modern(server, listenTo({ resourceSubscriptions: ['other://x', 'probe://nothing'] }));
  const malformed = await modern(server, { method: 'subscriptions/listen' });

  expect(nothing.messages.map(({ method }) => method)).toEqual(['notifications/subscriptions/acknowledged', undefined]);
  expect(malformed.last.error?.code).toBe(-32_602);
});

test('P-20: lets an open call finish, says so in /readyz, and refuses new work', async () => {
  const deps = newDeps();
  const service = await startTestService(createProbeService(deps), { environment: { DRAIN_SECONDS: '5' } });
  const server = { url: service.mcpUrl, key: service.keys['admin'] ?? '' };
  const call = modern(server, {
    method: 'tools/call',
    params: { name: 'wait_long', arguments: { name: 'slow', milliseconds: 400 } },
  });
  await expect.poll(() => deps.ran.includes('slow')).toBe(true);

  const stopped = service.stop();
  const ready = await fetch(`${service.opsUrl}/readyz`);

  expect(ready.status).toBe(503);
  expect((await call).last.result).toMatchObject({ structuredContent: { waited: true } });
  await stopped;
  await expect(fetch(service.mcpUrl)).rejects.toThrow('fetch failed');
});

test('P-20: aborts a call that outlives the drain time', async () => {
  const deps = newDeps();
  const service = await startTestService(createProbeService(deps), { environment: { DRAIN_SECONDS: '0' } });
  const server = { url: service.mcpUrl, key: service.keys['admin'] ?? '' };
  const call = modern(server, {
    method: 'tools/call',
    params: { name: 'wait_long', arguments: { name: 'endless' } },
  }).catch(() => undefined);
  await expect.poll(() => deps.ran.includes('endless')).toBe(true);

  await service.stop();

  await call;
  expect(deps.aborted).toContain('endless');
});
