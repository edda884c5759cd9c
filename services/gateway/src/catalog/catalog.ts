import type { GatewayConfig, ServerConfig } from '@fairlead/contracts';
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
import { compareServers, type ServerChanges } from './server-changes.ts';
import { createSnapshot, type ServerView, type Snapshot } from './snapshot.ts';

/** Longest time that a change notice to a client waits for the catalog. */
const FOLLOW_MS_MAX = 1_000;
/** A call that came before its server left may take 30 s to arrive, and then opens a session; later none can come. */
const LEAVE_MS = 40_000;
/** How often calls that have run too long are looked for; so much later than its limit a call may end. */
const SWEEP_MS = 250;

/** What the catalog is made of. */
export interface CatalogOptions {
  readonly servers: GatewayConfig['servers'];
  /** Headers by which the gateway itself shows who it is to a server. */
  readonly ownCredential: (server: string, config: ServerConfig) => Readonly<Record<string, string>>;
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

/** A server that left the config, and the end of the time in which a call of before may still go to it. */
interface LeavingPart {
  readonly part: Part;
  readonly untilMs: number;
}

/** All servers, and the one snapshot that calls see. A change makes a new snapshot and swaps one reference (04 G-20). */
export class Catalog {
  readonly #options: CatalogOptions;
  #parts: ReadonlyMap<string, Part> = new Map();
  /** Which part serves an entry of a config: a call finds its way by the entry that its snapshot holds. */
  readonly #partOf = new WeakMap<ServerConfig, Part>();
  readonly #leaving = new Set<LeavingPart>();
  #snapshot: Snapshot;
  #epoch = 0;
  #cancelSweep: () => void = () => {};

  constructor(options: CatalogOptions) {
    this.#options = options;
    this.#parts = this.#assemble(options.servers);
    this.#snapshot = this.#build();
    this.#sweep();
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** A server as calls use it, also one that has left the config since the call began. */
  backend({ config }: Pick<ServerView, 'config'>): CallableBackend | undefined {
    return this.#partOf.get(config)?.callable;
  }

  /** The ways to all servers, for metrics. */
  get upstreams(): readonly Upstream[] {
    return [...this.#parts.values()].map(({ upstream }) => upstream);
  }

  /**
   * Takes over the servers of another config, at once and by one new snapshot (04 G-83). A server whose address stays keeps
   * its connections, breakers and lists. One that left is closed when its calls have ended; a new one is discovered.
   * `renewed`: servers to look at again although their entry is the same, for a credential that changed.
   */
  reconfigure(servers: GatewayConfig['servers'], renewed: readonly string[] = []): ServerChanges {
    const before = this.#parts;
    const configs = Object.fromEntries([...before].map(([name, { backend }]) => [name, backend.state.config]));
    const changes = compareServers(configs, servers);
    this.#parts = this.#assemble(servers);
    for (const name of [...changes.removed, ...changes.moved]) this.#leave(before.get(name));
    this.#snapshot = this.#build();
    this.#lookAt(new Set([...changes.added, ...changes.moved, ...changes.changed, ...renewed]));
    return changes;
  }

  /**
   * Shows what the servers listed before a restart, marked as stale, until they answer. Resolves when the store was asked,
   * whether it answered or not; what it says later is shown later.
   */
  restore(names: Iterable<string> = this.#parts.keys()): Promise<void> {
    const urls = [...names].flatMap((name) => {
      const url = this.#parts.get(name)?.backend.state.config.url;
      return url === undefined ? [] : [[name, url] as const];
    });
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
    for (const part of this.#parts.values()) stopWatching(part);
    const leaving = [...this.#leaving].map(({ part }) => part.upstream);
    await Promise.all([...this.upstreams, ...leaving].map((upstream) => upstream.close()));
  }

  /** The parts for these servers: those that are there where the address is the same, else new ones. */
  #assemble(servers: GatewayConfig['servers']): ReadonlyMap<string, Part> {
    const parts = new Map<string, Part>();
    for (const [name, config] of Object.entries(servers)) {
      const known = this.#parts.get(name);
      const isKept = known !== undefined && known.backend.state.config.url === config.url;
      const part = isKept ? known : this.#createPart(name, config);
      part.backend.configure(config);
      part.upstream.configure(config);
      this.#partOf.set(config, part);
      parts.set(name, part);
    }
    return parts;
  }

  #leave(part: Part | undefined): void {
    if (part === undefined) return;
    stopWatching(part);
    this.#leaving.add({ part, untilMs: this.#options.clock.monotonicMs() + LEAVE_MS });
  }

  /** Discovers servers that are new or other than before, and shows what was known of them. */
  #lookAt(names: ReadonlySet<string>): void {
    for (const name of names) {
      const backend = this.#parts.get(name)?.backend;
      // A discovery that runs already may have begun with the credential of before.
      if (backend?.state.status.state === 'starting') void backend.check();
      else void backend?.noteChange();
    }
    void this.restore([...names].filter((name) => this.#parts.get(name)?.backend.state.listing === undefined));
  }

  #createPart(name: string, config: ServerConfig): Part {
    const { clock, log, clientInfo, random } = this.#options;
    const upstream = new Upstream(name, config, clock);
    const onChange = (): void => this.#adopt(name);
    const own: OwnCredential = () => this.#options.ownCredential(name, backend.state.config);
    const backend: Backend = new Backend({
      name,
      config,
      upstream,
      clientInfo,
      clock,
      log,
      onChange,
      onDiscovery: (listing, isNews) => this.#options.lists.keep({ server: name, url: config.url, listing, isNews }),
      send: sender(upstream, own),
    });
    const open = opener(upstream, own);
    const listener = new ChangeListener({ open, clientInfo, clock, random, onChange: () => void backend.noteChange() });
    return { upstream, backend, listener, callable: this.#callable(upstream, backend) };
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
    for (const { server, url, listing, seenAt } of lists) {
      const backend = this.#parts.get(server)?.backend;
      // The config may have changed while the store was asked.
      if (backend?.state.config.url === url) backend.restore(listing, seenAt);
    }
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
      for (const leaving of this.#leaving) this.#sweepLeaving(leaving);
      this.#sweep();
    });
  }

  #sweepLeaving(leaving: LeavingPart): void {
    const { part, untilMs } = leaving;
    part.upstream.endOverdue();
    if (part.upstream.inFlight > 0 || this.#options.clock.monotonicMs() < untilMs) return;
    this.#leaving.delete(leaving);
    void part.upstream.close();
  }
}

/** Headers of the gateway's own requests to one server, as they are now. */
type OwnCredential = () => Readonly<Record<string, string>>;

function stopWatching({ backend, listener }: Part): void {
  listener.stop();
  backend.stop();
}

function sender(upstream: Upstream, own: OwnCredential): SendControl {
  return ({ method, headers, body }) =>
    callControl(upstream, { method, headers: { ...headers, ...own() }, body, firstByteMs: DISCOVERY_MS_MAX });
}

function opener(upstream: Upstream, own: OwnCredential): OpenChanges {
  return ({ headers, body }, listener) => {
    const request = { method: 'POST', headers: { ...headers, ...own() }, body, isStream: true } as const;
    const exchange = openListenStream(upstream, request, listener);
    return { close: () => exchange.abort('aborted') };
  };
}
