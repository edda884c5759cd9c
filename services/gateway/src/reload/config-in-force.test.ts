import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { createLogger, createMetrics } from '@fairlead/server-kit/runtime';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callerWith } from '../../test/support/make-snapshot.ts';
import { OpenStreams } from '../forward/open-streams.ts';
import { ConfigInForce } from './config-in-force.ts';

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

const issuer = { issuer: 'https://idp.example.com', audience: 'gateway', roles: { claim: 'groups', map: {} } };
const roles = { tester: { allow: ['data:read'] } };
const servers = { data: { url: 'http://127.0.0.1:1/mcp' } };

function configOf(parts: Readonly<Record<string, unknown>>): GatewayConfig {
  return gatewayConfig.parse({ apiVersion: 'fairlead.dev/v1', kind: 'GatewayConfig', ...parts });
}

async function setUp(first: Readonly<Record<string, unknown>> = {}) {
  const folder = stack.use(await createRunFolder()).path;
  writeFileSync(join(folder, 'keys.json'), '{"version":1,"keys":[]}');
  const clock = createFakeClock();
  const streams = new OpenStreams(clock);
  stack.defer(() => streams.stop());
  const inForce = new ConfigInForce(configOf({ roles, servers, identity: { issuers: [issuer] }, ...first }), {
    identity: {
      pepper: Buffer.from('a pepper of the test, 32 bytes long, made up'),
      folder,
      fetch,
      clock,
      log: createLogger({ name: 'test', level: 'silent' }),
      metrics: createMetrics({ name: 'test' }),
    },
    sources: { environment: {}, folder },
    clock,
  });
  stack.defer(() => inForce.close());
  const reconfigured: GatewayConfig['servers'][] = [];
  const ended: string[] = [];
  const open = (name: string, stream: { isEndless: boolean; via?: 'jwt' | 'key'; server?: string }): void => {
    const { isEndless, via = 'jwt', server = 'data' } = stream;
    const owner = { ...callerWith(['data:read']), via, issuer: issuer.issuer };
    const forget = streams.add({
      owner,
      server,
      isEndless,
      keepAlive: () => {},
      end() {
        ended.push(name);
        forget();
      },
    });
  };
  return {
    folder,
    inForce,
    reconfigured,
    ended,
    open,
    apply: (parts: Readonly<Record<string, unknown>>) =>
      inForce.apply(configOf({ roles, servers, identity: { issuers: [issuer] }, ...parts }), {
        catalog: {
          reconfigure(next) {
            reconfigured.push(next);
            const removed = 'data' in next ? [] : ['data'];
            return { added: [], removed, moved: [], changed: [] };
          },
        },
        credentials: { adopt: () => {} },
        streams,
      }),
  };
}

test('04 G-83: an issuer that stays keeps its verifier, and with it the keys that it has read', async () => {
  const { inForce, apply } = await setUp();
  const [before] = inForce.current.identity.verifiers.values();
  apply({ identity: { issuers: [{ ...issuer, issuer: 'https://other.example.com' }, issuer] } });

  expect(inForce.current.identity.verifiers.size).toBe(2);
  expect([...inForce.current.identity.verifiers.values()]).toContain(before);
});

test('04 G-83: a key file that stays keeps its store', async () => {
  const identity = { keys: { from: { file: 'keys.json' } }, issuers: [] };
  const { inForce, apply } = await setUp({ identity });
  const before = inForce.current.identity.keys;
  apply({ identity, roles: { other: {} } });

  expect(before).toBeDefined();
  expect(inForce.current.identity.keys).toBe(before);
});

test.each([
  [
    'a key file that is not one',
    'KEY_FILE_INVALID',
    { identity: { keys: { from: { file: 'broken.json' } }, issuers: [] } },
  ],
  [
    'a secret that is not there',
    'CONFIG_INVALID',
    { servers: { data: { ...servers.data, credentials: { bearer: { from: { env: 'NONE' } } } } } },
  ],
])('04 G-83: %s changes nothing at all', async (_kind, code, parts) => {
  const { folder, inForce, reconfigured, apply } = await setUp();
  writeFileSync(join(folder, 'broken.json'), '{"version":1,"keys":[{}]}');
  const before = inForce.current;

  expect(() => apply({ ...parts, roles: { other: {} } })).toThrow(expect.objectContaining({ code }));
  expect(inForce.current).toBe(before);
  expect(reconfigured).toEqual([]);
});

test('04 G-83: a caller who loses a permission loses its change notices, and a call in flight ends as it began', async () => {
  const { ended, open, apply } = await setUp();
  open('notices', { isEndless: true });
  open('call', { isEndless: false });
  apply({ roles: { tester: { allow: [] } } });

  expect(ended).toEqual(['notices']);
});

test('04 G-83: a caller whose issuer or key is not known any more loses every stream', async () => {
  const { ended, open, apply } = await setUp();
  open('token', { isEndless: false });
  open('key', { isEndless: false, via: 'key' });
  apply({ identity: { issuers: [] } });

  expect(ended.toSorted()).toEqual(['key', 'token']);
});

test('04 G-83: change notices of a server that left end, and those of others stay', async () => {
  const { ended, open, apply } = await setUp();
  open('gone', { isEndless: true });
  open('other', { isEndless: true, server: 'other' });
  apply({ servers: {} });

  expect(ended).toEqual(['gone']);
});
