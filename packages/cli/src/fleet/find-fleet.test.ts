import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DevJson } from '@fairlead/contracts';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { findFleet } from './find-fleet.ts';

const noProcess = 2 ** 22 + 1;

/** Writes a `dev.json` into a project, as a running fleet has it. */
function writeDevJson(project: string, pid: number = process.pid): string {
  const file = path.join(project, '.fairlead', 'dev.json');
  const dev: DevJson = {
    version: 1,
    pid,
    startedAt: '2026-11-20T20:00:00.000Z',
    gateway: { url: 'http://127.0.0.1:8080', mcp: 'http://127.0.0.1:8080/mcp', ops: 'http://127.0.0.1:9080' },
    services: {},
    keys: { admin: 'flk_admin' },
    doubles: {},
  };
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(dev));
  return file;
}

test('finds the nearest dev.json upward', async () => {
  await using project = await createRunFolder();
  const file = writeDevJson(project.path);
  const cwd = path.join(project.path, 'services', 'data');

  const fleet = findFleet(undefined, { env: {}, cwd });

  expect(fleet).toMatchObject({
    source: file,
    mcp: 'http://127.0.0.1:8080/mcp',
    dev: { keys: { admin: 'flk_admin' } },
  });
});

test('takes --fleet as a file, a state folder, or the folder above it', async () => {
  await using project = await createRunFolder();
  const file = writeDevJson(project.path);

  const sources = [file, path.dirname(file), project.path].map(
    (given) => findFleet(given, { env: {}, cwd: '/' }).source,
  );

  expect(sources).toEqual([file, file, file]);
});

test('prefers --fleet to the environment, and the environment to a dev.json', async () => {
  await using project = await createRunFolder();
  const file = writeDevJson(project.path);
  const env = { FAIRLEAD_URL: 'https://mcp.example.com', FAIRLEAD_KEY: 'flk_env' };

  expect(findFleet(project.path, { env, cwd: '/' }).source).toBe(file);
  expect(findFleet(undefined, { env, cwd: project.path })).toEqual({
    source: 'FAIRLEAD_URL',
    url: 'https://mcp.example.com',
    mcp: 'https://mcp.example.com/mcp',
    key: 'flk_env',
  });
});

test.for(['https://x.example/mcp', 'https://x.example/', 'https://x.example'])(
  'reads %s as the same gateway',
  (url) => {
    expect(findFleet(undefined, { env: { FAIRLEAD_URL: url }, cwd: '/' }).mcp).toBe('https://x.example/mcp');
  },
);

test('says so when no fleet runs', async () => {
  await using project = await createRunFolder();

  expect(() => findFleet(undefined, { env: {}, cwd: project.path })).toThrow(
    expect.objectContaining({ exitCode: 4, message: 'no fleet runs here.', fix: 'npm start' }),
  );
});

test('says so when the process of a dev.json is gone', async () => {
  await using project = await createRunFolder();
  writeDevJson(project.path, noProcess);

  expect(() => findFleet(undefined, { env: {}, cwd: project.path })).toThrow(
    expect.objectContaining({ exitCode: 4, message: expect.stringContaining(`no process ${noProcess}`) }),
  );
});

test('refuses an address that is none, and a --fleet where nothing is', () => {
  expect(() => findFleet(undefined, { env: { FAIRLEAD_URL: 'localhost:8080' }, cwd: '/' })).toThrow(
    /FAIRLEAD_URL=localhost/,
  );
  expect(() => findFleet('/no/such', { env: {}, cwd: '/' })).toThrow(expect.objectContaining({ exitCode: 1 }));
});

test('refuses a dev.json of another shape', async () => {
  await using project = await createRunFolder();
  writeFileSync(writeDevJson(project.path), '{"version": 2}');

  expect(() => findFleet(undefined, { env: {}, cwd: project.path })).toThrow(/is not a dev\.json of this version/);
});
