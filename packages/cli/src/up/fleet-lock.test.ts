import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { lockOwner, takeFleetLock } from './fleet-lock.ts';

const noProcess = 2 ** 22 + 1;

test('refuses a second fleet and names the process that holds the folder', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'fleet.lock');
  using held = takeFleetLock(file);

  expect(held.owner.pid).toBe(process.pid);
  expect(() => takeFleetLock(file)).toThrow(
    expect.objectContaining({
      exitCode: 1,
      message: `the state folder ${folder.path} is in use by process ${process.pid}.`,
      fix: `fairlead down --fleet ${folder.path}`,
    }),
  );
});

test('is free again when the scope ends', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'fleet.lock');
  {
    using held = takeFleetLock(file);
    expect(lockOwner(file)).toEqual(held.owner);
  }

  expect(existsSync(file)).toBe(false);
});

test('takes over the lock of a process that is gone', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'fleet.lock');
  writeFileSync(file, JSON.stringify({ pid: noProcess, started: '1' }));

  using held = takeFleetLock(file);

  expect(lockOwner(file)).toEqual(held.owner);
});

// A container gives the same pid to another program after a restart; the folder outlives it.
test('takes over the lock of an earlier process with the same pid', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'fleet.lock');
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: '1' }));

  using held = takeFleetLock(file);

  expect(held.owner.started).not.toBe('1');
});

test('takes over a lock that cannot be read', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'fleet.lock');
  writeFileSync(file, 'half a li');

  using held = takeFleetLock(file);

  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(held.owner);
});
