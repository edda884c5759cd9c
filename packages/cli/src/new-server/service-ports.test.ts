import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { nextServicePorts, readServicePorts } from './service-ports.ts';

function writeService(services: string, name: string, ports: string): void {
  mkdirSync(path.join(services, name, 'src'), { recursive: true });
  writeFileSync(path.join(services, name, 'src', 'service.ts'), `defineService({ name: '${name}', ${ports} })`);
}

test('reads the ports of a service, also with separators and over several lines', async () => {
  await using folder = await createRunFolder();
  writeService(folder.path, 'one', 'ports: { mcp: 8081, ops: 9081 }');
  writeService(folder.path, 'two', 'ports: {\n  mcp: 8_082,\n  ops: 9_082,\n}');

  expect(readServicePorts(path.join(folder.path, 'one'))).toEqual({ mcp: 8081, ops: 9081 });
  expect(readServicePorts(path.join(folder.path, 'two'))).toEqual({ mcp: 8082, ops: 9082 });
  expect(readServicePorts(path.join(folder.path, 'none'))).toBeUndefined();
});

test('gives each new server the lowest ports that nobody has', async () => {
  await using folder = await createRunFolder();
  expect(nextServicePorts(folder.path)).toEqual({ mcp: 8090, ops: 9090 });

  writeService(folder.path, 'one', 'ports: { mcp: 8090, ops: 9090 }');
  writeService(folder.path, 'two', 'ports: { mcp: 8092, ops: 9092 }');

  expect(nextServicePorts(folder.path)).toEqual({ mcp: 8091, ops: 9091 });
});
