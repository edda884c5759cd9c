import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { defineConfig, setting } from './config.ts';
import { loadConfig, type Environment } from './load-config.ts';
import { commaList } from './settings/comma-list.ts';
import { describeConfig } from './settings/describe-config.ts';
import { flag } from './settings/flag.ts';
import { platformSettings } from './settings/platform-settings.ts';
import { secretKey } from './settings/secret-key.ts';
import { secretUrl } from './settings/secret-url.ts';
import { secret } from './settings/secret.ts';

const definition = defineConfig({
  DATA_QUERY_TIMEOUT_MS: setting(z.coerce.number().int().min(100).max(30_000).default(10_000), 'Longest statement.'),
  DATA_MODE: setting(z.enum(['fast', 'safe']).default('safe'), 'How.'),
  DATA_WRITES: setting(flag().default(false), 'Whether tools write.'),
  DATA_ROOTS: setting(commaList().default([]), 'Folders.', { example: '/srv/a,/srv/b' }),
  DATA_TOKEN: setting(secret().optional(), 'Token.'),
  DATA_URL: setting(secretUrl('postgres', 'postgresql').optional(), 'Database.', {
    example: 'postgres://user:password@host/db',
  }),
  DATA_NAME: setting(z.string(), 'Name of the instance.', { example: 'eu-1' }),
});

function problemsOf(environment: Environment): readonly string[] {
  try {
    loadConfig(definition, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
  }
  return [];
}

test('parses values, fills defaults and leaves optional settings out', () => {
  const config = loadConfig(definition, {
    DATA_QUERY_TIMEOUT_MS: '500',
    DATA_WRITES: 'true',
    DATA_ROOTS: ' /a, ,/b ',
    DATA_TOKEN: 'tok',
    DATA_NAME: 'x',
  });

  expect(config).toMatchObject({
    DATA_QUERY_TIMEOUT_MS: 500,
    DATA_MODE: 'safe',
    DATA_WRITES: true,
    DATA_ROOTS: ['/a', '/b'],
  });
  expect(config.DATA_TOKEN?.reveal()).toBe('tok');
  expect(config.DATA_URL).toBeUndefined();
  expect(JSON.stringify(config)).not.toContain('tok"');
});

test('counts an empty variable as absent', () => {
  expect(loadConfig(definition, { DATA_NAME: 'x', DATA_QUERY_TIMEOUT_MS: '', DATA_TOKEN: '' })).toMatchObject({
    DATA_QUERY_TIMEOUT_MS: 10_000,
    DATA_TOKEN: undefined,
  });
});

test('names every wrong field in one line each, with an example', () => {
  expect(problemsOf({ DATA_QUERY_TIMEOUT_MS: '30s', DATA_MODE: 'quick', DATA_WRITES: 'yes' })).toEqual([
    'DATA_QUERY_TIMEOUT_MS=30s is not a whole number of milliseconds (100 to 30000). Example: DATA_QUERY_TIMEOUT_MS=10000',
    'DATA_MODE=quick is not one of fast, safe. Example: DATA_MODE=safe',
    'DATA_WRITES=yes is not one of true, false. Example: DATA_WRITES=false',
    'DATA_NAME is not set. Name of the instance. Example: DATA_NAME=eu-1',
  ]);
});

test('never prints the value of a secret, nor a credential in another setting', () => {
  const lines = problemsOf({
    DATA_URL: 'mysql://root:canary@db',
    DATA_MODE: 'https://user:canary@host',
    DATA_NAME: 'x',
  });

  expect(lines).toEqual([
    'DATA_MODE=https://***@host is not one of fast, safe. Example: DATA_MODE=safe',
    'DATA_URL is not a URL that begins with postgres:// or postgresql://. Example: DATA_URL=postgres://user:password@host/db',
  ]);
});

test('reads a secret from its file, without the newline at the end', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairlead-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'token');
  writeFileSync(path, 'from file \n');

  expect(loadConfig(definition, { DATA_NAME: 'x', DATA_TOKEN_FILE: path }).DATA_TOKEN?.reveal()).toBe('from file ');
});

test('says so when a secret is given twice, or its file cannot be read', () => {
  expect(problemsOf({ DATA_NAME: 'x', DATA_TOKEN: 'canary', DATA_TOKEN_FILE: '/x' })).toEqual([
    'DATA_TOKEN and DATA_TOKEN_FILE are both set. Keep DATA_TOKEN_FILE and unset DATA_TOKEN.',
  ]);
  expect(problemsOf({ DATA_NAME: 'x', DATA_TOKEN_FILE: '/no/such/file' })).toEqual([
    'DATA_TOKEN_FILE=/no/such/file cannot be read (ENOENT). It must be a file that this process may read.',
  ]);
});

test('reads no file for a setting that is no secret', () => {
  expect(problemsOf({ DATA_NAME_FILE: '/etc/hostname' })).toHaveLength(1);
});

test.each([
  ['short', 'a'.repeat(8)],
  ['all equal', 'a'.repeat(64)],
])('refuses a %s key (06 N08)', (_what, value) => {
  const keys = defineConfig({ SEAL_KEY: setting(secretKey(), 'Key.') });

  expect(() => loadConfig(keys, { SEAL_KEY: value })).toThrow(
    'SEAL_KEY is not a key of at least 32 random bytes. Make one: openssl rand -base64 48.',
  );
});

test('has the platform defaults of 01 §6', () => {
  expect(loadConfig(platformSettings, {})).toMatchObject({
    HOST: '127.0.0.1',
    PORT: undefined,
    ALLOWED_HOSTS: [],
    KEY_PEPPER: undefined,
    GATEWAY_ISSUER: 'fairlead-gateway',
    DRAIN_SECONDS: 25,
    BODY_BYTES_MAX: 4_194_304,
    LOG_LEVEL: 'info',
    MCP_SESSIONS: 'on',
    FAIRLEAD_TEXT: 'full',
  });
});

test('refuses platform values out of bounds', () => {
  expect(() => loadConfig(platformSettings, { PORT: '70000', LOG_LEVEL: 'loud', GATEWAY_JWKS_URL: 'ftp://x' })).toThrow(
    [
      'PORT=70000 is not a whole number (0 to 65535). Example: PORT=8080',
      'GATEWAY_JWKS_URL=ftp://x is not an http or https URL. Example: GATEWAY_JWKS_URL=http://127.0.0.1:8080/.well-known/jwks.json',
      'LOG_LEVEL=loud is not one of trace, debug, info, warn, error, fatal, silent. Example: LOG_LEVEL=info',
    ].join('\n'),
  );
});

test('describes settings for the reference', () => {
  expect(describeConfig(definition).slice(0, 5)).toEqual([
    {
      name: 'DATA_QUERY_TIMEOUT_MS',
      type: 'a whole number of milliseconds (100 to 30000)',
      default: '10000',
      required: false,
      secret: false,
      docs: 'Longest statement.',
    },
    { name: 'DATA_MODE', type: 'one of fast, safe', default: 'safe', required: false, secret: false, docs: 'How.' },
    {
      name: 'DATA_WRITES',
      type: 'one of true, false',
      default: 'false',
      required: false,
      secret: false,
      docs: 'Whether tools write.',
    },
    { name: 'DATA_ROOTS', type: 'a text', default: undefined, required: false, secret: false, docs: 'Folders.' },
    { name: 'DATA_TOKEN', type: 'a text', default: undefined, required: false, secret: true, docs: 'Token.' },
  ]);
  expect(describeConfig(definition).at(-1)).toMatchObject({ name: 'DATA_NAME', required: true });
});
