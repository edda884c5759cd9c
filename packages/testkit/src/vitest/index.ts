/**
 * Public names of `@fairlead/testkit/vitest`: for test files only, because it needs vitest. Adding a line here is adding
 * API. Two more entries are named in vitest configs: `vitest/postgres-setup` and `vitest/leak-check`.
 */
export { createTestDatabase, type TestDatabase } from './create-test-database.ts';
export { probeForTests } from './probe-for-tests.ts';
