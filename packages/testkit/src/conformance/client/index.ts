/**
 * Public names of `@fairlead/testkit/conformance/client`: the client that the suite tests. Apart from the servers, because
 * it is started anew for each scenario and would load them each time.
 */
export { runClientUnderTest, type ClientUnderTest } from './run-client-under-test.ts';
