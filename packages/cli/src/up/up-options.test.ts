import { expect, test } from 'vitest';
import { parseUpOptions, toPort } from './up-options.ts';

const surroundings = { cwd: '/home/ana/project', root: '/repo' };

test('has the gateway on 8080 and its state in the repository when nothing is given', () => {
  expect(parseUpOptions([], surroundings)).toEqual({
    port: 8080,
    stateFolder: '/repo/.fairlead',
    isDetached: false,
    watchesSource: false,
    isJson: false,
  });
});

test('reads relative paths from where the command was given', () => {
  const options = parseUpOptions(['--config', 'a.yaml', '--state', '../state'], surroundings);

  expect(options).toMatchObject({ configFile: '/home/ana/project/a.yaml', stateFolder: '/home/ana/state' });
});

test('reads the list of services', () => {
  expect(parseUpOptions(['--only', 'gateway,data,'], surroundings).only).toEqual(['gateway', 'data']);
});

test.for(['http', '-1', '65536', '80.5', '', '1e3'])('refuses %j as a port and says what works', (text) => {
  expect(() => toPort(text)).toThrow(expect.objectContaining({ exitCode: 1, fix: 'use --port 0 for free ports' }));
});

test('refuses an option that it does not have', () => {
  expect(() => parseUpOptions(['--single'], surroundings)).toThrow(/Unknown option '--single'/);
});
