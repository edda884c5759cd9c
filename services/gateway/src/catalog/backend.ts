import type { ServerConfig } from '@fairlead/contracts';
import type { BreakerFailure } from '@fairlead/server-kit/resilience';
import type { Clock, Logger } from '@fairlead/server-kit/runtime';
import { ControlFailure } from '../forward/call-control.ts';
import type { Upstream } from '../forward/upstream.ts';
import type { JsonObject } from '../wire/json-value.ts';
import type { Era } from '../wire/protocol.ts';
import type { BackendState, BackendStatus } from './backend-status.ts';
import type { SendControl } from '../forward/control-session.ts';
import { discoverServer } from './discover-server.ts';
import { LIST_AGE_MS_MAX } from './last-known-lists.ts';
import { DiscoveryFailure } from '../forward/discovery-failure.ts';
import type { ServerListing } from './server-listing.ts';
import type { ServerState } from './snapshot.ts';

/** Refresh when no list names a `ttlMs`, the shortest refresh when one does, and how long an older era is believed (04 G-23). */
const REFRESH_MS = 60_000;
const REFRESH_MS_MIN = 30_000;
const LEGACY_VERDICT_MS = 10 * 60_000;
/** Change notices within this time are one; and no more than one discovery follows them in `CHANGE_GAP_MS`. */
const CHANGE_DEBOUNCE_MS = 250;
const CHANGE_GAP_MS = 5_000;

/** What a backend is made of. */
export interface BackendOptions {
  readonly name: string;
  readonly config: ServerConfig;
  readonly upstream: Upstream;
  readonly send: SendControl;
  readonly clientInfo: JsonObject;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called when what `state` says has changed. */
  readonly onChange: () => void;
  /** Called after each discovery that succeeded; `isNews` when it differs from the one before. */
  readonly onDiscovery: (listing: ServerListing, isNews: boolean) => void;
}

/**
 * Watches one server: discovers it, again and again, and keeps the last good lists when it does not answer (04 G-21,
 * G-22). Runs beside the calls; no call waits for it.
 */
export class Backend {
  readonly upstream: Upstream;
  readonly #options: BackendOptions;
  #config: ServerConfig;
  #status: BackendStatus;
  #listing: ServerListing | undefined;
  /** When the server last gave the lists that are shown. */
  #listedAt = new Date(0);
  #fingerprint = '';
  #legacyUntilMs = 0;
  /** When a discovery last followed a change. */
  #followedMs = Number.NEGATIVE_INFINITY;
  #running: Promise<void> | undefined;
  #cancelNext: () => void = () => {};
  /** Who waits for the discovery that follows a change. */
  #following: (() => void)[] = [];
  #stopped = false;

  constructor(options: BackendOptions) {
    this.#options = options;
    this.#config = options.config;
    this.upstream = options.upstream;
    this.#status = {
      state: 'starting',
      since: options.clock.now(),
      lastError: undefined,
      nextTryAt: undefined,
      staleSince: undefined,
    };
  }

  get state(): ServerState {
    return { name: this.#options.name, config: this.#config, status: this.#status, listing: this.#listing };
  }

  /** Shows what the server listed before this process began, until it answers. Makes no snapshot: who restores does. */
  restore(listing: ServerListing, listedAt: Date): void {
    if (this.#listing !== undefined) return;
    this.#listing = listing;
    this.#listedAt = listedAt;
    this.#status = { ...this.#status, staleSince: listedAt };
  }

  /** Takes over what the config says now of the same address. Makes no snapshot: who reloads does. */
  configure(config: ServerConfig): void {
    this.#config = config;
  }

  /** Discovers now, or joins the discovery that runs. Never rejects. */
  check(): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    this.#running ??= this.#discover().finally(() => {
      this.#running = undefined;
      this.#scheduleNext();
    });
    return this.#running;
  }

  /** The server said that a list of its changed. Resolves when a discovery that began after it has ended. */
  noteChange(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#following.push(resolve);
    if (this.#following.length > 1) return promise;
    const sinceFollowedMs = this.#options.clock.monotonicMs() - this.#followedMs;
    this.#schedule(Math.max(CHANGE_DEBOUNCE_MS, CHANGE_GAP_MS - sinceFollowedMs));
    return promise;
  }

  /** A call found the server not answering: look whether it is down. */
  noteFailure(): void {
    if (this.#status.state !== 'down') void this.check();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelNext();
  }

  async #discover(): Promise<void> {
    const { upstream, clock } = this.#options;
    if (!upstream.breakers.discovery.tryEnter()) return;
    const following = this.#following;
    this.#following = [];
    if (following.length > 0) this.#followedMs = clock.monotonicMs();
    try {
      const listing = await discoverServer({
        ...this.#options,
        knownEra: this.#knownEra(),
        previous: this.#listing,
      });
      if (!this.#stopped) this.#adopt(listing);
    } catch (error) {
      if (!this.#stopped) this.#fail(error);
    }
    for (const resolve of following) resolve();
  }

  #knownEra(): Era | undefined {
    return this.#options.clock.monotonicMs() < this.#legacyUntilMs ? 'legacy' : undefined;
  }

  #adopt(listing: ServerListing): void {
    const { upstream, clock } = this.#options;
    upstream.reportAnswer('discovery');
    closeProbed(upstream);
    if (listing.era === 'legacy' && this.#knownEra() === undefined)
      this.#legacyUntilMs = clock.monotonicMs() + LEGACY_VERDICT_MS;
    const fingerprint = JSON.stringify([listing.serves, listing.opening, listing.items, listing.notices]);
    const state = listing.notices.length === 0 ? 'up' : 'degraded';
    const isOtherList = fingerprint !== this.#fingerprint;
    const isNews = isOtherList || state !== this.#status.state;
    this.#fingerprint = fingerprint;
    this.#listing = listing;
    this.#listedAt = clock.now();
    this.#setStatus(state, { lastError: listing.notices[0], nextTryAt: undefined });
    if (isNews) this.#options.onChange();
    this.#options.onDiscovery(listing, isOtherList);
  }

  #fail(error: unknown): void {
    const { upstream, log, name } = this.#options;
    const { kind, reason } = describeFailure(error);
    if (kind === undefined) log.error({ err: error, server: name }, 'discovery.broken');
    upstream.reportFailure('discovery', kind ?? 'response');
    const wasDown = this.#status.state === 'down';
    const isOutdated = this.#dropOutdated();
    this.#setStatus('down', { lastError: reason, nextTryAt: upstream.nextProbeAt });
    if (!wasDown) log.warn({ server: name, reason }, 'backend.down');
    if (!wasDown || isOutdated) this.#options.onChange();
  }

  /** Nobody knows what a server offers that was last seen a week ago: it is shown as down, without its lists. */
  #dropOutdated(): boolean {
    const ageMs = this.#options.clock.now().getTime() - this.#listedAt.getTime();
    if (this.#listing === undefined || ageMs <= LIST_AGE_MS_MAX) return false;
    this.#listing = undefined;
    this.#fingerprint = '';
    return true;
  }

  #setStatus(state: BackendState, rest: Pick<BackendStatus, 'lastError' | 'nextTryAt'>): void {
    const since = state === this.#status.state ? this.#status.since : this.#options.clock.now();
    if (state !== 'down' && this.#status.state === 'down')
      this.#options.log.info({ server: this.#options.name }, 'backend.up');
    this.#status = {
      state,
      since,
      ...rest,
      staleSince: state === 'down' && this.#listing !== undefined ? (this.#status.staleSince ?? since) : undefined,
    };
  }

  #scheduleNext(): void {
    const { upstream, clock } = this.#options;
    if (this.#following.length > 0) return this.#schedule(CHANGE_DEBOUNCE_MS);
    const probeAt = upstream.nextProbeAt;
    const ttlMs = this.#listing?.ttlMs;
    const refreshMs = ttlMs === undefined ? REFRESH_MS : Math.max(REFRESH_MS_MIN, ttlMs);
    this.#schedule(probeAt === undefined ? refreshMs : Math.max(0, probeAt.getTime() - clock.now().getTime()));
  }

  #schedule(delayMs: number): void {
    this.#cancelNext();
    if (this.#stopped) return;
    this.#cancelNext = this.#options.clock.schedule(delayMs, () => void this.check());
  }
}

/** A discovery that was answered is the probe of the other breakers too, once they may be probed. */
function closeProbed({ breakers }: Upstream): void {
  for (const breaker of [breakers.read, breakers.write]) {
    if (breaker.state !== 'closed' && breaker.tryEnter()) breaker.success();
  }
}

function describeFailure(error: unknown): { readonly kind: BreakerFailure | undefined; readonly reason: string } {
  if (error instanceof DiscoveryFailure) return { kind: error.kind, reason: error.message };
  if (!(error instanceof ControlFailure)) return { kind: undefined, reason: 'internal error' };
  const { kind, reason } = error.failure;
  return { kind: kind === 'aborted' ? 'connection' : kind, reason };
}
