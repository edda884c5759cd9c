import { expect, test } from 'vitest';
import { secretFilesIn } from './secret-files.ts';
import { gatewayEnvironment, serviceEnvironment, type FleetFacts } from './service-environment.ts';
import { stateFolderAt } from './state-folder.ts';

const facts: FleetFacts = {
  root: '/repo',
  state: stateFolderAt('/state'),
  secrets: secretFilesIn('/state/secrets'),
  ports: new Map([
    ['gateway', { mcp: 1, ops: 2 }],
    ['data', { mcp: 3, ops: 4 }],
    ['file-search', { mcp: 5, ops: 6 }],
  ]),
  outer: { PATH: '/bin', HOME: '/root', AWS_SECRET: 'x', FILE_SEARCH_ROOTS: 'a=/a', TOKEN: 't' },
  parts: { gateway: { DATABASE_URL: 'postgres://owner' }, data: { DATA_DATABASE_URL: 'postgres://reader' } },
};

test('gives a service its ports, its parts and nothing else of the outer environment but PATH', () => {
  expect(serviceEnvironment('data', facts)).toEqual({
    PATH: '/bin',
    HOST: '127.0.0.1',
    PORT: '3',
    OPS_PORT: '4',
    DRAIN_SECONDS: '8',
    DATA_TOOLSETS: 'all',
    GATEWAY_JWKS_URL: 'http://127.0.0.1:1/.well-known/jwks.json',
    SEAL_KEY_FILE: '/state/secrets/seal.key',
    DATA_FILE_ROOTS: 'docs=/repo/docs',
    DATA_DATABASE_URL: 'postgres://reader',
  });
});

test('passes on the settings that begin with the name of a service that somebody added', () => {
  expect(serviceEnvironment('file-search', facts)).toMatchObject({ FILE_SEARCH_ROOTS: 'a=/a', PORT: '5' });
});

test('gives the gateway its four keys, its database, and the variables that its config names', () => {
  const environment = gatewayEnvironment(['TOKEN', 'ABSENT'], facts);

  expect(environment).toEqual({
    PATH: '/bin',
    HOST: '127.0.0.1',
    PORT: '1',
    OPS_PORT: '2',
    DRAIN_SECONDS: '8',
    TOKEN: 't',
    CONFIG_FILE: '/state/fairlead.yaml',
    MASTER_KEY_FILE: '/state/secrets/master.key',
    KEY_PEPPER_FILE: '/state/secrets/pepper.key',
    HOP_KEY_FILE: '/state/secrets/hop.key',
    AUDIT_KEY_FILE: '/state/secrets/audit.key',
    DATABASE_URL: 'postgres://owner',
  });
});
