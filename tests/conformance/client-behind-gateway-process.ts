// The client under test with a gateway in between: the server that the suite names is the gateway's backend.
//
// Usage: node client-behind-gateway-process.ts <server URL>
import { runClientUnderTest } from '@fairlead/testkit/conformance/client';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { planGateway, startGateway } from './start-gateway.ts';

const server = 'peer';

await using folder = await createRunFolder();
const servers = { [server]: { url: process.argv[2] ?? '', trust: 'external' } } as const;
await using gateway = await startGateway(await planGateway(), servers, folder);
await gateway.untilSeen(server);
await runClientUnderTest({
  url: `${gateway.url}/servers/${server}/mcp`,
  headers: { authorization: `Bearer ${await gateway.createKey('client')}` },
  environment: process.env,
});
