import { createRunFolder } from '@fairlead/testkit/waiting';
import type { Cell } from './cells.ts';
import { startRenameShim } from './rename-shim.ts';
import { startBackend } from './start-backend.ts';
import { planGateway, startGateway, type GatewayProcess, type ServerEntry } from './start-gateway.ts';
import { startData, startEverything } from './start-neighbours.ts';

/** The endpoints of all lanes. What cells share is started once, by the first cell that needs it. */
export interface Lanes extends AsyncDisposable {
  /** URL at which the suite finds the lane of a cell. Each cell is a principal of its own. */
  urlOf(cell: Cell): Promise<string>;
}

/** A server cell names its fixture; the client's cells have none. */
type Fixture = 'server-kit' | 'v1';

const SERVER = 'fixture';
/** Opens the lanes; nothing is started yet. */
export function openLanes(): Lanes {
  const parts = new AsyncDisposableStack();
  const gateways = new Map<string, Promise<GatewayProcess>>();
  const gateway = (kind: 'alone' | 'among others', fixture: Fixture): Promise<GatewayProcess> => {
    const key = `${fixture} ${kind}`;
    const known =
      gateways.get(key) ?? (kind === 'alone' ? startAlone(parts, fixture) : startAmongOthers(parts, fixture));
    gateways.set(key, known);
    return known;
  };
  return {
    async urlOf(cell) {
      const shim = await startRenameShim(await wayOf(cell));
      return parts.use(shim).url;
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };

  async function wayOf({ lane, revision, backend }: Cell): Promise<Parameters<typeof startRenameShim>[0]> {
    if (backend === 'suite') throw new RangeError('the suite starts its own servers for clients');
    if (lane === 'L1') {
      const { mcpUrl, key } = parts.use(await startBackend(backend));
      return { target: mcpUrl, key };
    }
    const running = await gateway(lane === 'L4' ? 'among others' : 'alone', backend);
    const target = `${running.url}${lane === 'L2' ? `/servers/${SERVER}` : ''}/mcp`;
    return { target, key: await running.createKey(`${lane} ${revision}`), prefix: lane === 'L4' ? `${SERVER}__` : '' };
  }
}

/** L2 and L3: one server, whose names on `/mcp` are its own. */
async function startAlone(parts: AsyncDisposableStack, fixture: Fixture): Promise<GatewayProcess> {
  const plan = await planGateway();
  const { mcpUrl, trust } = parts.use(await startBackend(fixture, plan.jwksUrl));
  return startInFront(parts, { plan, servers: { [SERVER]: { url: mcpUrl, trust, prefix: false } } });
}

/** L4: three servers, ours of both eras and somebody else's of the older one, all names prefixed. */
async function startAmongOthers(parts: AsyncDisposableStack, fixture: Fixture): Promise<GatewayProcess> {
  const plan = await planGateway();
  const { mcpUrl, trust } = parts.use(await startBackend(fixture, plan.jwksUrl));
  const data = parts.use(await startData(plan.jwksUrl));
  const everything = parts.use(await startEverything());
  return startInFront(parts, {
    plan,
    servers: {
      [SERVER]: { url: mcpUrl, trust },
      data: { url: data.mcpUrl, trust: 'internal' },
      everything: { url: everything.mcpUrl, trust: 'external' },
    },
  });
}

async function startInFront(
  parts: AsyncDisposableStack,
  { plan, servers }: { plan: Awaited<ReturnType<typeof planGateway>>; servers: Readonly<Record<string, ServerEntry>> },
): Promise<GatewayProcess> {
  const folder = parts.use(await createRunFolder());
  const gateway = parts.use(await startGateway(plan, servers, folder));
  await Promise.all(Object.keys(servers).map((name) => gateway.untilUp(name)));
  return gateway;
}
