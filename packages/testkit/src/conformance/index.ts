/** Public names of `@fairlead/testkit/conformance`: the servers that the official MCP conformance suite is run against. */
export { createConformanceFixture, type ConformanceFixture } from './fixture-service.ts';
export { startV1Fixture, type V1Fixture } from './v1/start-v1-fixture.ts';
