import { createServer } from 'node:http';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startTestService } from '@fairlead/server-kit/testing';
import { createProbeService } from '../probe-service.ts';

test('refuses a taken port with the mend, and leaves nothing listening', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  const started = startTestService(createProbeService(), { environment: { PORT: String(port) } });

  await expect(started).rejects.toMatchObject({
    publicMessage: `Port ${port} is in use.`,
    fix: expect.stringContaining('PORT'),
  });
  other.close();
  await expect.poll(() => process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap')).toEqual([]);
});

test('refuses a toolset that does not exist, and names those that do', async () => {
  const started = startTestService(createProbeService(), { environment: { PROBE_TOOLSETS: 'all,chnage' } });

  // `all` stands alone; in a list it is the name of a toolset, and this service has one of that name.
  await expect(started).rejects.toMatchObject({
    problems: [expect.stringMatching(/chnage.*Known: all, change, default, all/)],
  });
});

test('T-07: READ_ONLY takes every tool away that changes something, whatever the role', async () => {
  await using service = await startTestService(createProbeService(), { environment: { PROBE_READ_ONLY: 'true' } });
  const response = await fetch(service.mcpUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'x-api-key': service.keys['admin'] ?? '',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  });

  const text = await response.text();
  expect(text).toContain('echo_text');
  expect(text).not.toContain('store_thing');
});

test('01 §6: without any identity source nobody comes in, and /readyz says why', async () => {
  await using service = await startTestService(createProbeService(), { environment: { IDENTITY_FILE: '' } });

  const call = await fetch(service.mcpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': 'x' },
    body: '{}',
  });
  const ready = await fetch(`${service.opsUrl}/readyz`);

  expect([call.status, ready.status]).toEqual([401, 503]);
  expect(await ready.text()).toContain('IDENTITY_FILE');
});
