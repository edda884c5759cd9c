/** Public names of `@fairlead/server-kit/testing`: what tests of tools and services need. Never in a service's own code. */
export { createFakeClock, type FakeClock } from './fake-clock.ts';
export {
  createToolHarness,
  type HarnessCallOptions,
  type ToolHarness,
  type ToolHarnessOptions,
} from './tool-harness.ts';
export { expectToolSnapshot } from './tool-snapshot.ts';
export { startTestService, type TestService, type TestServiceOptions } from './test-service.ts';
