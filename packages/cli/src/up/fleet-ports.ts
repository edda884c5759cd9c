import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { promisify } from 'node:util';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

/** The two ports of a process. */
export interface ProcessPorts {
  readonly mcp: number;
  readonly ops: number;
}

/** The ports that a fleet uses unless told otherwise (01 §4). */
export const portDefaults: Readonly<Record<string, ProcessPorts>> = {
  gateway: { mcp: 8_080, ops: 9_080 },
  data: { mcp: 8_081, ops: 9_081 },
  devops: { mcp: 8_082, ops: 9_082 },
  aiml: { mcp: 8_083, ops: 9_083 },
};

const host = '127.0.0.1';

/**
 * Decides the ports of the gateway and of each service, and makes sure that they are free. `gatewayPort` 0 means free
 * ports for everything; a service without a port of its own gets a free one.
 *
 * @throws CliError (usage) naming the first port that is taken.
 */
export async function planPorts(
  services: readonly string[],
  gatewayPort: number,
): Promise<ReadonlyMap<string, ProcessPorts>> {
  // All are held until all are chosen, so that no port is handed out twice.
  const held: Server[] = [];
  const choose = async (wanted: number): Promise<number> => {
    const { server, port } = await listen(wanted);
    held.push(server);
    return port;
  };
  try {
    const plan = new Map<string, ProcessPorts>();
    for (const name of ['gateway', ...services]) {
      const wanted = wantedPorts(name, gatewayPort);
      plan.set(name, { mcp: await choose(wanted.mcp), ops: await choose(wanted.ops) });
    }
    return plan;
  } finally {
    await Promise.all(held.map(async (server) => await promisify(server.close.bind(server))()));
  }
}

/** Whether somebody listens on a port of this host. */
export async function isPortTaken(port: number): Promise<boolean> {
  try {
    const { server } = await listen(port);
    await promisify(server.close.bind(server))();
    return false;
  } catch (error) {
    if (error instanceof CliError) return true;
    throw error;
  }
}

function wantedPorts(name: string, gatewayPort: number): ProcessPorts {
  const standard = portDefaults[name];
  if (gatewayPort === 0 || standard === undefined) return { mcp: 0, ops: 0 };
  return name === 'gateway' ? { ...standard, mcp: gatewayPort } : standard;
}

async function listen(wanted: number): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer();
  server.listen({ port: wanted, host, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    throw portError(wanted, error);
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has no address');
  return { server, port: address.port };
}

function portError(port: number, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'EADDRINUSE') {
    return new CliError(exitCode.usage, `port ${port} is in use.`, { fix: 'use --port 0 for free ports', cause });
  }
  if (code === 'EACCES') {
    return new CliError(exitCode.usage, `this user may not listen on port ${port}.`, {
      fix: 'use --port 0 for free ports',
      cause,
    });
  }
  return cause;
}
