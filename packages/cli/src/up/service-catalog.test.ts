import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { discoverServices, selectServices } from './service-catalog.ts';

test('finds every service with a main file, but not the gateway', async () => {
  await using root = await createRunFolder();
  for (const name of ['tickets', 'data', 'gateway']) {
    mkdirSync(path.join(root.path, 'services', name, 'src'), { recursive: true });
    writeFileSync(path.join(root.path, 'services', name, 'src', 'main.ts'), '');
  }
  mkdirSync(path.join(root.path, 'services', 'empty'));

  expect(discoverServices(root.path).map(({ name }) => name)).toEqual(['data', 'tickets']);
});

const services = ['aiml', 'data'].map((name) => ({ name, folder: `/services/${name}` }));

test('starts all services unless some are named; the gateway may be named too', () => {
  expect(selectServices(services, undefined)).toEqual(services);
  expect(selectServices(services, ['gateway', 'data'])).toEqual([services[1]]);
  expect(selectServices(services, ['gateway'])).toEqual([]);
});

test('refuses a name that is no service and names those that are', () => {
  expect(() => selectServices(services, ['dat'])).toThrow(
    expect.objectContaining({ message: '--only: there is no service "dat".', fix: 'use --only aiml,data' }),
  );
});
