import { readFile } from 'node:fs/promises';
import type { GatewayConfig } from '@fairlead/contracts';
import { ServiceError, type Clock, type Logger } from '@fairlead/server-kit/runtime';
import type { ServerChanges } from '../catalog/server-changes.ts';
import { unreadableConfig } from '../load-gateway-config.ts';
import { digestOf, secretFilesOf } from './config-files.ts';

/** How often the content is compared. Kubernetes swaps a symlink, so file events and times lie (04 G-83). */
const POLL_MS = 1_000;
/** A file that has just changed may still be being written, and half a file can be valid: it has to stay the same for so long. */
const SETTLE_MS = 100;

/** What makes the gateway look at its config: the poll, the signal, or a request to the admin API. */
export type ReloadTrigger = 'poll' | 'SIGHUP' | 'admin';

/** What a config changed. */
export interface AppliedConfig {
  readonly servers: ServerChanges;
}

/** What came of a look at the config. */
export type ReloadResult =
  | { readonly outcome: 'unchanged'; readonly digest: string }
  | { readonly outcome: 'loaded'; readonly digest: string; readonly servers: ServerChanges };

/** One attempt, for the audit log and the metrics. An invalid file that stays as it is counts once. */
export interface ReloadReport {
  readonly trigger: ReloadTrigger;
  readonly outcome: 'loaded' | 'invalid';
  /** Code of the refusal. */
  readonly code: string | undefined;
  readonly ms: number;
}

/** What a reloader is made of. */
export interface ConfigReloaderOptions {
  readonly file: string;
  /** Folder that relative paths of the config start from. */
  readonly folder: string;
  /** @throws ServiceError that names what to mend. */
  readonly parse: (text: string) => GatewayConfig;
  /** Puts a config in force, all of it or nothing. @throws ServiceError when it cannot be; nothing has changed then. */
  readonly apply: (config: GatewayConfig) => AppliedConfig;
  readonly onReport: (report: ReloadReport) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What is in force: the digest of the files that it came from, and the secret files to watch. */
interface Source {
  readonly digest: string;
  readonly secretFiles: readonly string[];
}

/**
 * Watches the config file and the secret files that it names, and puts what they hold in force (04 G-83). A file that is
 * not valid changes nothing: the config before it stays, and `/readyz` says so until the file is mended.
 */
export class ConfigReloader {
  readonly #options: ConfigReloaderOptions;
  #source: Source;
  /** Why the file is not in force; undefined while it is. */
  #failure: ServiceError | undefined;
  #seenDigest = '';
  #running: Promise<unknown> = Promise.resolve();
  #cancelPoll: () => void = () => {};
  #isClosed = false;

  private constructor(options: ConfigReloaderOptions, source: Source) {
    this.#options = options;
    this.#source = source;
    this.#schedule(POLL_MS);
  }

  /** Begins to watch the files of the config that is in force. */
  static async start(options: ConfigReloaderOptions, text: string, config: GatewayConfig): Promise<ConfigReloader> {
    return new ConfigReloader(options, await sourceOf(text, config, options.folder));
  }

  /** Digest of what is in force. */
  get digest(): string {
    return this.#source.digest;
  }

  /** Why the file on the disk is not in force; undefined while it is. */
  get failure(): ServiceError | undefined {
    return this.#failure;
  }

  /**
   * Looks at the files now and puts them in force when they have changed. One look at a time.
   *
   * @throws ServiceError that names each mistake with its line; the config before stays in force.
   */
  reload(trigger: ReloadTrigger): Promise<ReloadResult> {
    const looked = this.#running.then(() => this.#look(trigger));
    this.#running = looked.catch(() => undefined);
    return looked;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelPoll();
    await this.#running;
  }

  async #look(trigger: ReloadTrigger): Promise<ReloadResult> {
    const startedMs = this.#options.clock.monotonicMs();
    try {
      const result = await this.#load();
      this.#failure = undefined;
      if (result.outcome === 'loaded') this.#report({ trigger, outcome: 'loaded', code: undefined, startedMs });
      return result;
    } catch (error) {
      if (ServiceError.is(error)) this.#refuse(error, { trigger, startedMs });
      throw error;
    }
  }

  async #load(): Promise<ReloadResult> {
    const { file, folder, parse, apply, log } = this.#options;
    const text = await readText(file);
    const config = parse(text);
    const source = await sourceOf(text, config, folder);
    if (source.digest === this.#source.digest) return { outcome: 'unchanged', digest: source.digest };
    const { servers } = apply(config);
    this.#source = source;
    log.info({ file, digest: source.digest, ...servers }, 'config.loaded');
    return { outcome: 'loaded', digest: source.digest, servers };
  }

  /** Tells of a mistake once, however often the file is looked at. */
  #refuse(error: ServiceError, { trigger, startedMs }: { trigger: ReloadTrigger; startedMs: number }): void {
    const isKnown = this.#failure?.publicMessage === error.publicMessage;
    this.#failure = error;
    if (isKnown) return;
    this.#options.log.error({ err: error, file: this.#options.file, ...error.details }, 'config.rejected');
    this.#report({ trigger, outcome: 'invalid', code: error.code, startedMs });
  }

  #report({ startedMs, ...report }: Omit<ReloadReport, 'ms'> & { readonly startedMs: number }): void {
    this.#options.onReport({ ...report, ms: this.#options.clock.monotonicMs() - startedMs });
  }

  #schedule(delayMs: number): void {
    this.#cancelPoll();
    if (this.#isClosed) return;
    this.#cancelPoll = this.#options.clock.schedule(delayMs, () => void this.#poll());
  }

  /** Compares without parsing: a file that has not changed costs one read. */
  async #poll(): Promise<void> {
    const digest = await this.#digestNow();
    const isSettled = digest === this.#seenDigest;
    this.#seenDigest = digest;
    if (this.#failure === undefined && digest === this.#source.digest) return this.#schedule(POLL_MS);
    if (!isSettled) return this.#schedule(SETTLE_MS);
    // A secret that was missing may have come, under a name that only the refused file knows: so it is looked at again.
    await this.reload('poll').catch((error: unknown) => this.#noteBug(error));
    this.#schedule(POLL_MS);
  }

  async #digestNow(): Promise<string> {
    const text = await readFile(this.#options.file, 'utf8').catch(() => '');
    return digestOf(text, this.#source.secretFiles);
  }

  #noteBug(error: unknown): void {
    if (!ServiceError.is(error)) this.#options.log.error({ err: error }, 'config.reload_failed');
  }
}

async function sourceOf(text: string, config: GatewayConfig, folder: string): Promise<Source> {
  const secretFiles = secretFilesOf(config, folder);
  return { digest: await digestOf(text, secretFiles), secretFiles };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadableConfig(file, cause);
  }
}
