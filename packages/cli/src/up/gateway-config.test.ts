import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gatewayConfig } from '@fairlead/contracts';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { demoGatewayConfig, readGatewayConfig } from './gateway-config.ts';

const demo = demoGatewayConfig({
  services: [{ name: 'data', mcp: 'http://127.0.0.1:8081/mcp' }],
  keysFile: '/state/keys.json',
});

async function read(text: string) {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'fairlead.yaml');
  writeFileSync(file, text);
  return readGatewayConfig(file, demo);
}

test('the demo config is valid, trusts the services, and has the four roles', () => {
  const config = gatewayConfig.parse(demo);

  expect(config.servers['data']).toMatchObject({ trust: 'internal', url: 'http://127.0.0.1:8081/mcp' });
  expect(Object.keys(config.roles)).toEqual(['admin', 'analyst', 'developer', 'viewer']);
  expect(config.identity.keys?.from.file).toBe('/state/keys.json');
});

test('a file adds servers, changes fields and removes roles', async () => {
  const config = await read(`
servers:
  data: { timeout: 5s }
  calculator: { url: http://127.0.0.1:7101/mcp, trust: internal, area: examples }
roles: { viewer: null }
limits: []
`);

  expect(config.servers['data']).toMatchObject({ timeout: '5s', trust: 'internal' });
  expect(config.servers['calculator']).toMatchObject({ area: 'examples' });
  expect(Object.keys(config.roles)).toEqual(['admin', 'analyst', 'developer']);
  expect(config.limits).toEqual([]);
});

test('an empty file changes nothing', async () => {
  expect(await read('# nothing yet\n')).toEqual(gatewayConfig.parse(demo));
});

test('a wrong field is refused with file, line, path and reason', async () => {
  await expect(read('servers:\n  notes:\n    url: ftp://x\n')).rejects.toMatchObject({
    exitCode: 1,
    message: expect.stringMatching(/fairlead\.yaml:3: servers\.notes\.url is not an http or https URL\.$/),
  });
});

test('a key that does not exist is refused', async () => {
  await expect(read('policies: []\n')).rejects.toMatchObject({
    message: expect.stringMatching(/fairlead\.yaml:1: policies is not a known key\.$/),
  });
});

test('a file that is not YAML is refused with its line', async () => {
  await expect(read('servers: {\n')).rejects.toMatchObject({ message: expect.stringMatching(/fairlead\.yaml:\d+: /) });
});

test('a file that is not there is refused', () => {
  expect(() => readGatewayConfig('/no/such/file.yaml', demo)).toThrow('/no/such/file.yaml cannot be read.');
});
