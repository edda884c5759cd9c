import { quoteIdentifier } from './quote-identifier.ts';

/** What the catalog says about the role that a database is read with. Lists hold names, at most ten of each. */
export interface RoleFacts {
  readonly role: string;
  /** Of SUPERUSER, CREATEDB, CREATEROLE, REPLICATION, BYPASSRLS: those that the role has. */
  readonly attributes: readonly string[];
  /** Predefined roles (`pg_...`) that it is a member of. */
  readonly memberships: readonly string[];
  /** Schemas, and the database, that it may create objects in. */
  readonly creatable: readonly string[];
  /** Tables and sequences that it may change, as `schema.name`. */
  readonly writable: readonly string[];
  /** Schemas with functions of the operator's own that PUBLIC may execute. */
  readonly publicFunctionSchemas: readonly string[];
  /** Foreign servers that it may use, and the extension dblink. */
  readonly bridges: readonly string[];
}

/**
 * What is wrong with a role that must only read, each with the statement that mends it (06 S-20). An empty list is a
 * good role. A superuser has every right, so for it that one fault is all.
 */
export function roleFaults(facts: RoleFacts): readonly string[] {
  const role = quoteIdentifier(facts.role);
  if (facts.attributes.includes('SUPERUSER')) return [`is a superuser: use a role of its own, made with NOSUPERUSER`];
  return [
    ...facts.attributes.map((attribute) => `has ${attribute}: ALTER ROLE ${role} NO${attribute}`),
    ...facts.memberships.map((name) => `is a member of ${name}: REVOKE ${quoteIdentifier(name)} FROM ${role}`),
    ...facts.creatable.map((place) => `may create objects in ${place}: REVOKE CREATE ON ${place} FROM PUBLIC, ${role}`),
    ...facts.writable.map((name) => `may change ${name}: REVOKE ALL ON ${name} FROM PUBLIC, ${role}, and grant SELECT`),
    ...facts.publicFunctionSchemas.map(
      (schema) =>
        `may run every function of ${schema}: REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} FROM PUBLIC`,
    ),
    ...facts.bridges.map((name) => `reaches other servers by ${name}: revoke USAGE on it, or drop it`),
  ];
}
