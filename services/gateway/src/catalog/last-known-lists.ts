import type { Clock, HealthCheck, HealthState, Logger } from '@fairlead/server-kit/runtime';
import { LIST_BYTES_MAX, type CatalogStore, type StoredList } from './catalog-store.ts';
import type { ServerListing } from './server-listing.ts';
import { decodeListing, encodeListing, placeOf } from './stored-listing.ts';

/** A list that nobody has confirmed for this long is not shown (04 G-21). */
export const LIST_AGE_MS_MAX = 7 * 24 * 60 * 60_000;
/** How often the time of a list that does not change is renewed. */
const RENEW_MS = 60 * 60_000;
/** Wait before a store that did not answer is asked again. */
const RETRY_MS = 5_000;
/** Longest time that a start waits for the store. What comes later is taken over when it comes. */
const LOAD_MS_MAX = 3_000;

/** A list from before this process, with the time when its server last gave it. */
export interface KnownList {
  readonly server: string;
  /** The address that gave the list. */
  readonly url: string;
  readonly listing: ServerListing;
  readonly seenAt: Date;
}

/** A discovery that succeeded. */
export interface Sight {
  readonly server: string;
  readonly url: string;
  readonly listing: ServerListing;
  /** Whether it differs from the one before. */
  readonly isNews: boolean;
}

/** What the keeper of lists is made of. */
export interface LastKnownListsOptions {
  readonly store: CatalogStore;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Keeps the last good list of each server in a store, and brings it back after a restart. Runs beside the calls, one
 * statement at a time: no call and no discovery waits for it, and a store that fails costs nothing but the next restart.
 */
export class LastKnownLists {
  readonly #options: LastKnownListsOptions;
  /** What is still to be written, the newest list of each server. */
  readonly #unsaved = new Map<string, StoredList>();
  /** When each server's list has to be renewed. */
  readonly #renewMs = new Map<string, number>();
  /** Servers of which no list is kept, and why. */
  readonly #unkept = new Map<string, string>();
  /** Addresses of servers whose list is still to be loaded. */
  readonly #wanted = new Map<string, string>();
  #adopt: (lists: readonly KnownList[]) => void = () => {};
  #working: Promise<void> | undefined;
  #failure: string | undefined;
  #cancelRetry: () => void = () => {};
  #isClosed = false;

  constructor(options: LastKnownListsOptions) {
    this.#options = options;
  }

  /**
   * Loads what is kept of servers, by name with their addresses, and gives it to `adopt`. Resolves when that is done, and
   * after 3 s at the latest; never rejects. A store that does not answer is asked again until it does.
   */
  async load(urls: ReadonlyMap<string, string>, adopt: (lists: readonly KnownList[]) => void): Promise<void> {
    if (urls.size === 0) return;
    this.#adopt = adopt;
    for (const [server, url] of urls) this.#wanted.set(server, url);
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const cancel = this.#options.clock.schedule(LOAD_MS_MAX, resolve);
    await Promise.race([this.#work(), late]);
    cancel();
  }

  /** Keeps what a discovery found, if it is news or has not been renewed for an hour. Nobody waits for it. */
  keep({ server, url, listing, isNews }: Sight): void {
    const { clock, log } = this.#options;
    const nowMs = clock.monotonicMs();
    if (this.#isClosed || (!isNews && nowMs < (this.#renewMs.get(server) ?? 0))) return;
    this.#renewMs.set(server, nowMs + RENEW_MS);
    const encoded = encodeListing(listing);
    if (Buffer.byteLength(encoded.text) > LIST_BYTES_MAX) {
      if (isNews) log.warn({ server, bytesMax: LIST_BYTES_MAX }, 'catalog.list_too_large');
      return void this.#unkept.set(server, `is larger than ${LIST_BYTES_MAX / 1024 / 1024} MiB`);
    }
    this.#unsaved.set(server, { server, place: placeOf(url), ...encoded, seenAt: clock.now() });
    void this.#work();
  }

  /** How the store is, for `/readyz`. */
  get health(): HealthCheck {
    return {
      part: 'catalog store',
      required: false,
      effect: 'after a restart the tools of servers that do not answer are not listed until they do',
      check: async () => this.#state(),
    };
  }

  /** Writes what is left, in one try. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wanted.clear();
    await this.#work();
    this.#cancelRetry();
    if (this.#unsaved.size > 0)
      this.#options.log.warn({ servers: [...this.#unsaved.keys()] }, 'catalog.lists_not_kept');
  }

  #state(): HealthState {
    if (this.#failure !== undefined) return { status: 'down', reason: this.#failure };
    const [unkept] = this.#unkept;
    return unkept === undefined
      ? { status: 'up' }
      : { status: 'down', reason: `the list of "${unkept[0]}" ${unkept[1]}` };
  }

  /** Does what waits, or joins who does it. Never rejects. */
  #work(): Promise<void> {
    this.#cancelRetry();
    this.#working ??= this.#loadAndSave()
      .then(
        () => this.#noteSuccess(),
        (error: unknown) => this.#noteFailure(error),
      )
      .finally(() => {
        this.#working = undefined;
      });
    return this.#working;
  }

  async #loadAndSave(): Promise<void> {
    while (this.#wanted.size + this.#unsaved.size > 0) {
      if (this.#wanted.size > 0) await this.#loadWanted();
      const [next] = this.#unsaved.values();
      if (next !== undefined) await this.#save(next);
    }
  }

  async #loadWanted(): Promise<void> {
    const wanted = new Map(this.#wanted);
    const keys = [...wanted].map(([server, url]) => ({ server, place: placeOf(url) }));
    const lists = await this.#options.store.load(keys);
    for (const [server, url] of wanted) if (this.#wanted.get(server) === url) this.#wanted.delete(server);
    const known: KnownList[] = [];
    for (const list of lists) known.push(...(await this.#read(list, wanted.get(list.server) ?? '')));
    this.#adopt(known);
  }

  /** The list in a row; none for one that is too old, and for a damaged one, which is removed. */
  async #read(list: StoredList, url: string): Promise<readonly KnownList[]> {
    const { store, clock, log } = this.#options;
    const { server, seenAt } = list;
    if (clock.now().getTime() - seenAt.getTime() > LIST_AGE_MS_MAX) {
      log.warn({ server, seenAt }, 'catalog.stored_list_too_old');
      return [];
    }
    const decoded = decodeListing(list);
    if (decoded.ok) return [{ server, url, listing: decoded.listing, seenAt }];
    log.error({ server, reason: decoded.reason }, 'catalog.stored_list_rejected');
    this.#unkept.set(server, `was damaged and is dropped: ${decoded.reason}`);
    // Else the same list, discovered again, would only renew the damaged row.
    await store.drop(list);
    return [];
  }

  async #save(list: StoredList): Promise<void> {
    await this.#options.store.save(list);
    if (this.#unsaved.get(list.server) === list) this.#unsaved.delete(list.server);
    this.#unkept.delete(list.server);
  }

  #noteSuccess(): void {
    if (this.#failure !== undefined) this.#options.log.info('catalog.store_recovered');
    this.#failure = undefined;
  }

  #noteFailure(error: unknown): void {
    const { log, clock } = this.#options;
    if (this.#failure === undefined) log.error({ err: error }, 'catalog.store_failed');
    this.#failure = `the store does not answer${codeOf(error)}`;
    if (!this.#isClosed) this.#cancelRetry = clock.schedule(RETRY_MS, () => void this.#work());
  }
}

/** The driver's or the system's code for a failure: safe to show, where the message may name a host. */
function codeOf(error: unknown): string {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? ` (${code})` : '';
}
