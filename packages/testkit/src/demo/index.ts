/** Public names of `@fairlead/testkit/demo`: the demo's data, database and roles. Adding a line here is adding API. */
export { demoRoles, type DemoRoleName } from './demo-identity.ts';
export { demoCounts, demoNowSeconds, demoSeed, outage, returnedProductId } from './demo-numbers.ts';
export { demoRoleNames, type DemoPasswords } from './demo-roles.ts';
export { generateDemoTables, type DemoTable } from './demo-tables.ts';
export {
  copyDemoDatabase,
  demoDatabaseName,
  demoTemplateName,
  installDemoDatabase,
  resetDemoDatabase,
  type DemoCluster,
  type DemoDatabase,
  type DemoOptions,
} from './install-demo-database.ts';
