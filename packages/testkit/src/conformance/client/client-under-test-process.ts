// The client under test as the command that the suite starts.
//
// Usage: node client-under-test-process.ts <server URL>
import { runClientUnderTest } from './run-client-under-test.ts';

await runClientUnderTest({ url: process.argv[2] ?? '', environment: process.env });
