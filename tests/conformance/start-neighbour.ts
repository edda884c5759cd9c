import { fileURLToPath } from 'node:url';
import { startProcess } from '@fairlead/testkit/parts';
import { freePort } from '@fairlead/testkit/waiting';

/** A service that stands beside the fixture behind a gateway. */
export interface Neighbour extends AsyncDisposable {
  readonly mcpUrl: string;
}

/** Starts the main file of a service (path from the repository's root) that trusts a gateway, without the parts that it would read. */
export async function startNeighbour(mainFile: string, jwksUrl: string): Promise<Neighbour> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const service = await startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', fileURLToPath(new URL(`../../${mainFile}`, import.meta.url))],
    env: { PORT: String(port), OPS_PORT: String(opsPort), GATEWAY_JWKS_URL: jwksUrl, LOG_LEVEL: 'warn' },
    readyWhen: { answers: async () => (await fetch(`http://127.0.0.1:${opsPort}/livez`)).ok },
  });
  return {
    mcpUrl: `http://127.0.0.1:${port}/mcp`,
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  };
}
