import { readFileSync, readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { gatewayConfig } from '@fairlead/contracts';
import { parseYaml } from '@fairlead/server-kit/identity';
import { expect, test } from 'vitest';

const examples = path.resolve(import.meta.dirname, '../../examples');
const file = readFileSync(path.join(examples, 'fairlead.yaml'), 'utf8');

// 09 V-70: read as the gateway reads it.
test('examples/fairlead.yaml is a config that the gateway takes', () => {
  expect(parseYaml(file, gatewayConfig)).toMatchObject({ ok: true });
});

test('it names every learning server, at the port that the server has', () => {
  const servers = readdirSync(examples).filter((name) => existsSync(path.join(examples, name, 'src/service.ts')));
  const portOf = (name: string): string =>
    /mcp: ([0-9_]+)/.exec(readFileSync(path.join(examples, name, 'src/service.ts'), 'utf8'))?.[1] ?? '';
  const config = parseYaml(file, gatewayConfig);

  expect(config).toMatchObject({
    value: { servers: Object.fromEntries(servers.map((name) => [name, expect.anything()])) },
  });
  for (const name of servers) expect(file).toContain(`  ${name}: { url: http://127.0.0.1:${portOf(name)}/mcp,`);
});
