/** Public names of `@fairlead/testkit/conformance`: the server that the official MCP conformance suite is run against. */
export { createConformanceFixture, type ConformanceFixture } from './fixture-service.ts';
