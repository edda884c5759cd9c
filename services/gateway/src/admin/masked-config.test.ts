import { gatewayConfig } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { maskedConfig } from './masked-config.ts';

const config = gatewayConfig.parse({
  apiVersion: 'fairlead.dev/v1',
  kind: 'GatewayConfig',
  servers: {
    bearer: { url: 'https://mcp.example.com/mcp', credentials: { bearer: { from: { env: 'TOKEN' } } } },
    header: {
      url: 'https://ana:secret@mcp.example.com:8443/mcp?token=hidden',
      credentials: { header: { name: 'X-Token', value: { from: { file: '/run/token' } } } },
    },
  },
  identity: { keys: { from: { file: 'keys.json' } } },
  roles: { analyst: { allow: ['tool:a__*'] } },
});

test('04 G-84: a secret is shown as *** with the place that it comes from', () => {
  expect(maskedConfig(config)).toMatchObject({
    servers: {
      bearer: { credentials: { bearer: { value: '***', from: { env: 'TOKEN' } } } },
      header: { credentials: { header: { name: 'X-Token', value: { value: '***', from: { file: '/run/token' } } } } },
    },
    identity: { keys: { value: '***', from: { file: 'keys.json' } } },
  });
});

test('04 G-84: an address loses user, password and query, and nothing else of the config changes', () => {
  const shown = maskedConfig(config);

  expect(shown).toMatchObject({
    servers: {
      bearer: { url: 'https://mcp.example.com/mcp', timeout: '30s' },
      header: { url: 'https://***@mcp.example.com:8443/mcp?***' },
    },
    roles: { analyst: { allow: ['tool:a__*'], deny: [] } },
  });
  expect(JSON.stringify(shown)).not.toMatch(/secret|hidden|ana:/);
});
