import { fileURLToPath } from 'node:url';
import { startProcess } from '@fairlead/testkit/parts';
import { freePort } from '@fairlead/testkit/waiting';

/** A server that stands beside the fixture behind a gateway. */
export interface Neighbour extends AsyncDisposable {
  readonly mcpUrl: string;
}

/** Starts the data server, trusting a gateway. It has nothing to read here; what it lists is all that counts. */
export async function startData(jwksUrl: string): Promise<Neighbour> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const ports = { PORT: String(port), OPS_PORT: String(opsPort) };
  return startNeighbour({
    port,
    opsPort,
    args: [fileOf('../../services/data/src/main.ts')],
    env: { ...ports, GATEWAY_JWKS_URL: jwksUrl, LOG_LEVEL: 'warn' },
  });
}

/** Starts the example server of the MCP project, on SDK v1. It speaks stdio, and `fairlead bridge` speaks HTTP for it. */
export async function startEverything(): Promise<Neighbour> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const everything = fileURLToPath(import.meta.resolve('@modelcontextprotocol/server-everything/dist/index.js'));
  const ports = ['--port', String(port), '--ops-port', String(opsPort)];
  const bridge = [fileOf('../../packages/cli/bin/fairlead.mjs'), 'bridge', ...ports];
  return startNeighbour({
    port,
    opsPort,
    args: [...bridge, '--', process.execPath, everything, 'stdio'],
    env: { PATH: process.env['PATH'] ?? '' },
  });
}

interface NeighbourProcess {
  readonly port: number;
  readonly opsPort: number;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

async function startNeighbour({ port, opsPort, args, env }: NeighbourProcess): Promise<Neighbour> {
  const server = await startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', ...args],
    env: { ...env, NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '' },
    readyWhen: { answers: async () => (await fetch(`http://127.0.0.1:${opsPort}/livez`)).ok },
  });
  return {
    mcpUrl: `http://127.0.0.1:${port}/mcp`,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function fileOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
