import type { DoorRefusal, Era, JsonRpcErrorBody } from '@fairlead/server-kit/mcp';
import type { HealthState, Logger } from '@fairlead/server-kit/runtime';
import { SupervisedPart } from '../up/supervised-part.ts';
import type { BridgeMetrics } from './bridge-metrics.ts';
import { bridgeErrors, bridgeRefusals } from './bridge-error.ts';
import type { ClientRequest } from './child-link.ts';
import { SharedServer, type SharedAnswer, type SharedServerOptions } from './shared-server.ts';

/** What the shared servers work with. */
export interface SharedServersOptions extends Omit<SharedServerOptions, 'era'> {
  readonly log: Logger;
  readonly metrics: BridgeMetrics;
}

type Supervised = SupervisedPart<SharedServer>;

/**
 * The server processes for requests without a session: one of the server's newest era, from the start on, and one of the
 * older era beside it when a request asks for that. Each is started again when it dies.
 */
export class SharedServers {
  readonly #options: SharedServersOptions;
  readonly #newestEra: Era;
  readonly #parts = new Map<Era, Promise<Supervised>>();

  private constructor(options: SharedServersOptions, first: Supervised) {
    this.#options = options;
    this.#newestEra = first.running.era;
    this.#parts.set(first.running.era, Promise.resolve(first));
  }

  /**
   * Starts the first one, and with it learns the server's era.
   *
   * @throws Error of Node when it cannot be started; Error when it ends or refuses before it can serve.
   */
  static async start(options: SharedServersOptions): Promise<SharedServers> {
    return new SharedServers(options, await supervise(options, undefined));
  }

  get newestEra(): Era {
    return this.#newestEra;
  }

  /** Serves a request in an era that the server knows. */
  async request(era: Era, request: ClientRequest, answer: SharedAnswer): Promise<DoorRefusal | undefined> {
    try {
      const part = await this.#obtain(era);
      return part.running.request(request, answer);
    } catch (error) {
      return bridgeRefusals.down(error instanceof Error ? error.message : 'it did not start');
    }
  }

  /** How the server from the start on is. */
  async health(): Promise<HealthState> {
    const part = await this.#obtain(this.#newestEra);
    const reason = part.running.downReason;
    return reason === undefined ? { status: 'up' } : { status: 'down', reason: `it ended (${reason})` };
  }

  async openCount(): Promise<number> {
    const parts = await this.#running();
    return parts.reduce((sum, { running }) => sum + running.openCount, 0);
  }

  /** Ends the subscriptions; other calls go on. */
  async endListening(): Promise<void> {
    for (const { running } of await this.#running()) running.endListening();
  }

  /** Answers what is still open with the error, and resolves when the servers are gone. */
  async close(cause: JsonRpcErrorBody = bridgeErrors.stopping()): Promise<void> {
    const parts = await this.#running();
    for (const { running } of parts) running.failAll(cause);
    await Promise.all(parts.map((part) => part.stop()));
  }

  #obtain(era: Era): Promise<Supervised> {
    const known = this.#parts.get(era);
    if (known !== undefined) return known;
    const started = supervise(this.#options, era);
    this.#parts.set(era, started);
    // A start that failed is not kept: the next request tries again.
    started.catch(() => this.#parts.delete(era));
    return started;
  }

  async #running(): Promise<readonly Supervised[]> {
    const settled = await Promise.allSettled(this.#parts.values());
    return settled.flatMap((part) => (part.status === 'fulfilled' ? [part.value] : []));
  }
}

async function supervise(options: SharedServersOptions, era: Era | undefined): Promise<Supervised> {
  const { clock, log, metrics } = options;
  let known = era;
  return await SupervisedPart.start({
    name: 'the server',
    clock,
    async start() {
      const server = await SharedServer.start({ ...options, ...(known !== undefined && { era: known }) });
      known = server.era;
      return server;
    },
    report(line) {
      metrics.serversEnded.inc();
      log.warn({ line }, 'server.ended');
    },
  });
}
