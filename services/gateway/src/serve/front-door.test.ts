import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { expect, test } from 'vitest';
import { makeDoorDeps, type DoorScene } from '../../test/support/make-door-deps.ts';
import { createFrontDoor } from './front-door.ts';

/** Sends one `tools/list` through a door that is made of the scene. */
async function askThrough({ deps }: DoorScene): Promise<RawAnswer> {
  const server = createServer(createFrontDoor(deps, (_request, response) => void response.writeHead(404).end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address: AddressInfo | string | null = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return await rawMcp(`http://127.0.0.1:${port}/mcp`).modern({ method: 'tools/list' });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('04 §15: a bug of ours is 500 with a trace id and nothing else, and is recorded', async () => {
  const scene = makeDoorDeps({
    snapshot: () => {
      throw new Error('secret detail at /srv/gateway');
    },
  });
  const { status, messages, text } = await askThrough(scene);

  expect(status).toBe(500);
  expect(messages[0]?.error).toMatchObject({
    code: -32_603,
    data: { code: 'INTERNAL', traceId: expect.stringMatching(/^[0-9a-f]{32}$/) },
  });
  expect(text).not.toContain('secret');
  expect(scene.records).toMatchObject([{ code: 'INTERNAL', outcome: 'refused' }]);
});

test('04 §15: a credential check that breaks is a bug of ours too', async () => {
  const scene = makeDoorDeps({ authenticator: { authenticate: () => Promise.reject(new Error('secret')) } });

  expect((await askThrough(scene)).status).toBe(500);
});

test('04 §15: while the process stops, new requests are told to come again', async () => {
  const scene = makeDoorDeps({ draining: AbortSignal.abort() });
  const { status, headers, messages } = await askThrough(scene);

  expect(status).toBe(503);
  expect(headers['retry-after']).toBe('1');
  expect(messages[0]?.error).toMatchObject({ code: -31_009, data: { code: 'SHUTTING_DOWN' } });
});

test('04 G-67: when no record can be kept, no call runs', async () => {
  const scene = makeDoorDeps({ audit: { isFull: true, append() {} } });
  const { status, messages } = await askThrough(scene);

  expect(status).toBe(503);
  expect(messages[0]?.error?.data).toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
});

test('04 §15: a token that cannot be checked now is 503, not 401', async () => {
  const refusal = { status: 503, code: 'AUTH_UNAVAILABLE', publicMessage: 'Later.', hadCredential: true } as const;
  const scene = makeDoorDeps({ authenticator: { authenticate: () => refusal } });
  const { status, headers } = await askThrough(scene);

  expect(status).toBe(503);
  expect(headers['retry-after']).toBe('60');
});
