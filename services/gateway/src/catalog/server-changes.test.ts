import { gatewayConfig } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { compareServers } from './server-changes.ts';

function serversOf(servers: Readonly<Record<string, object>>): Parameters<typeof compareServers>[0] {
  return gatewayConfig.parse({ apiVersion: 'fairlead.dev/v1', kind: 'GatewayConfig', servers }).servers;
}

test('04 G-83: each server of two configs stands in one list, or in none when it is the same', () => {
  const before = serversOf({
    same: { url: 'http://a/mcp', timeout: '30s' },
    gone: { url: 'http://b/mcp' },
    other: { url: 'http://c/mcp', owner: 'one' },
    moved: { url: 'http://d/mcp', owner: 'one' },
  });
  const after = serversOf({
    moved: { url: 'http://e/mcp', owner: 'two' },
    other: { url: 'http://c/mcp', owner: 'two' },
    same: { timeout: '30s', url: 'http://a/mcp' },
    fresh: { url: 'http://b/mcp' },
  });

  expect(compareServers(before, after)).toEqual({
    added: ['fresh'],
    removed: ['gone'],
    moved: ['moved'],
    changed: ['other'],
  });
});
