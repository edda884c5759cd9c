import { expect, test } from 'vitest';
import { roleFaults, type RoleFacts } from './role-fault.ts';

const good: RoleFacts = {
  role: 'mcp_ro',
  attributes: [],
  memberships: [],
  creatable: [],
  writable: [],
  publicFunctionSchemas: [],
  bridges: [],
};

test('finds nothing wrong with a role that only reads', () => {
  expect(roleFaults(good)).toEqual([]);
});

test('names each right too many with the statement that takes it away', () => {
  const faults = roleFaults({
    ...good,
    role: 'odd "role"',
    attributes: ['BYPASSRLS'],
    memberships: ['pg_read_all_data'],
    creatable: ['SCHEMA public'],
    writable: ['TABLE public.orders'],
    publicFunctionSchemas: ['public'],
    bridges: ['the extension dblink'],
  });

  expect(faults).toEqual([
    'has BYPASSRLS: ALTER ROLE "odd ""role""" NOBYPASSRLS',
    'is a member of pg_read_all_data: REVOKE "pg_read_all_data" FROM "odd ""role"""',
    'may create objects in SCHEMA public: REVOKE CREATE ON SCHEMA public FROM PUBLIC, "odd ""role"""',
    'may change TABLE public.orders: REVOKE ALL ON TABLE public.orders FROM PUBLIC, "odd ""role""", and grant SELECT',
    'may run every function of public: REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC',
    'reaches other servers by the extension dblink: revoke USAGE on it, or drop it',
  ]);
});

test('says one thing of a superuser, who has every right', () => {
  expect(roleFaults({ ...good, attributes: ['SUPERUSER', 'CREATEDB'], writable: ['TABLE a.b'] })).toEqual([
    'is a superuser: use a role of its own, made with NOSUPERUSER',
  ]);
});
