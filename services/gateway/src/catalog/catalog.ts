import type { GatewayConfig } from '@fairlead/contracts';
import type { Clock, HealthCheck, Logger } from '@fairlead/server-kit/runtime';
import type { CallableBackend } from '../deps.ts';
import { callControl } from '../forward/call-control.ts';
import { openListenStream } from '../forward/listen-stream.ts';
import { Upstream } from '../forward/upstream.ts';
import type { JsonObject } from '../wire/json-value.ts';
import { Backend } from './backend.ts';
import { ChangeListener, type OpenChanges } from './change-listener.ts';
import { DISCOVERY_MS_MAX, type SendControl } from '../forward/control-session.ts';
import type { KnownList, LastKnownLists } from './last-known-lists.ts';
import { createSnapshot, type Snapshot } from './snapshot.ts';

/** Longest time that a change notice to a client waits for the catalog. */
const FOLLOW_MS_MAX = 1_000;
/** How often calls that have run too long are looked for; so much later than its limit a call may end. */
const SWEEP_MS = 250;

/** What the catalog is made of. */
export interface CatalogOptions {
  readonly servers: GatewayConfig['servers'];
  /** Headers by which the gateway itself shows who it is to a server. */
  readonly ownCredential: (server: string) => Readonly<Record<string, string>>;
  readonly clientInfo: JsonObject;
  /** Where the lists of each good discovery are kept, and where those from before a restart come from. */
  readonly lists: Pick<LastKnownLists, 'load' | 'keep'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}

interface Part {
  readonly upstream: Upstream;
  readonly backend: Backend;
  readonly listener: ChangeListener;
  readonly callable: CallableBackend;
}

/** All servers, and the one snapshot that calls see. A change makes a new snapshot and swaps one reference (04 G-20). */
export class Catalog {
  readonly #options: CatalogOptions;
  readonly #parts: ReadonlyMap<string, Part>;
  #snapshot: Snapshot;
  #epoch = 0;
  #cancelSweep: () => void = () => {};

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#parts = new Map(Object.keys(options.servers).map((name) => [name, this.#createPart(name)]));
    this.#snapshot = this.#build();
    this.#sweep();
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** A server as calls use it. */
  backend(name: string): CallableBackend | undefined {
    return this.#parts.get(name)?.callable;
  }

  /** The ways to all servers, for metrics. */
  get upstreams(): readonly Upstream[] {
    return [...this.#parts.values()].map(({ upstream }) => upstream);
  }

  /**
   * Shows what the servers listed before a restart, marked as stale, until they answer. Resolves when the store was asked,
   * whether it answered or not; what it says later is shown later.
   */
  restore(): Promise<void> {
    const urls = Object.entries(this.#options.servers).map(([name, { url }]) => [name, url] as const);
    return this.#options.lists.load(new Map(urls), (lists) => this.#show(lists));
  }

  /** Discovers all servers at once. Resolves when each has been tried once; a server that does not answer is no error (04 G-23). */
  async discoverAll(): Promise<void> {
    await Promise.all([...this.#parts.values()].map(({ backend }) => backend.check()));
  }

  /**
   * Parts for `/readyz`: one per server, which degrades the gateway when it is down and no more; and the catalog as a
   * whole, without which no call can be served (04 G-26).
   */
  get health(): readonly HealthCheck[] {
    const seen: HealthCheck = {
      part: 'catalog',
      required: true,
      effect: 'no server has been discovered since the start, so no call can be served',
      check: async () =>
        this.#isUsable() ? { status: 'up' } : { status: 'down', reason: 'no server has answered yet' },
    };
    return [seen, ...this.#serverHealth()];
  }

  #isUsable(): boolean {
    const servers = [...this.#snapshot.servers.values()];
    return servers.length === 0 || servers.some(({ listing }) => listing !== undefined);
  }

  #serverHealth(): readonly HealthCheck[] {
    return [...this.#parts].map(([name, { backend }]) => ({
      part: `server ${name}`,
      required: false,
      effect: `calls to "${name}" are refused; its last known lists are shown`,
      check: async () => {
        const { state, lastError } = backend.state.status;
        return state === 'down' || state === 'starting'
          ? { status: 'down', reason: lastError ?? 'not discovered yet' }
          : { status: 'up' };
      },
    }));
  }

  async close(): Promise<void> {
    this.#cancelSweep();
    for (const { backend, listener } of this.#parts.values()) {
      listener.stop();
      backend.stop();
    }
    await Promise.all(this.upstreams.map((upstream) => upstream.close()));
  }

  #createPart(name: string): Part {
    const { servers, clock, log, clientInfo, random } = this.#options;
    const config = servers[name];
    if (config === undefined) throw new RangeError(`server ${name} is not in the config`);
    const upstream = new Upstream(name, config, clock);
    const onChange = (): void => this.#adopt(name);
    const backend = new Backend({
      name,
      config,
      upstream,
      clientInfo,
      clock,
      log,
      onChange,
      onDiscovery: (listing, isNews) => this.#options.lists.keep({ server: name, url: config.url, listing, isNews }),
      send: this.#sender(name, upstream),
    });
    const open = this.#opener(name, upstream);
    const listener = new ChangeListener({ open, clientInfo, clock, random, onChange: () => void backend.noteChange() });
    return { upstream, backend, listener, callable: this.#callable(upstream, backend) };
  }

  #sender(name: string, upstream: Upstream): SendControl {
    const { ownCredential } = this.#options;
    return ({ method, headers, body }) =>
      callControl(upstream, {
        method,
        headers: { ...headers, ...ownCredential(name) },
        body,
        firstByteMs: DISCOVERY_MS_MAX,
      });
  }

  #opener(name: string, upstream: Upstream): OpenChanges {
    const { ownCredential } = this.#options;
    return ({ headers, body }, listener) => {
      const request = {
        method: 'POST',
        headers: { ...headers, ...ownCredential(name) },
        body,
        isStream: true,
      } as const;
      const exchange = openListenStream(upstream, request, listener);
      return { close: () => exchange.abort('aborted') };
    };
  }

  #callable(upstream: Upstream, backend: Backend): CallableBackend {
    const { clock } = this.#options;
    return {
      upstream,
      noteFailure: () => backend.noteFailure(),
      followChange: () =>
        Promise.race([backend.noteChange(), new Promise<void>((resolve) => clock.schedule(FOLLOW_MS_MAX, resolve))]),
    };
  }

  /** A server changed: everything that calls see from now on is made anew. */
  #adopt(name: string): void {
    this.#snapshot = this.#build();
    const part = this.#parts.get(name);
    if (part === undefined) return;
    const { listing, status } = part.backend.state;
    // A list that was restored says nothing of whether its server is there to be listened to.
    if (listing !== undefined && status.staleSince === undefined) part.listener.follow(listing);
  }

  #show(lists: readonly KnownList[]): void {
    for (const { server, listing, seenAt } of lists) this.#parts.get(server)?.backend.restore(listing, seenAt);
    if (lists.length > 0) this.#snapshot = this.#build();
  }

  #build(): Snapshot {
    this.#epoch += 1;
    return createSnapshot(
      this.#epoch,
      [...this.#parts.values()].map(({ backend }) => backend.state),
    );
  }

  #sweep(): void {
    this.#cancelSweep = this.#options.clock.schedule(SWEEP_MS, () => {
      for (const upstream of this.upstreams) upstream.endOverdue();
      this.#sweep();
    });
  }
}
