import { mkdir } from 'node:fs/promises';
import { readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { keyRecord, type KeyRecord } from '@fairlead/contracts';
import type { Clock } from '../runtime/clock.ts';
import { InvalidInput, NotFound } from '../runtime/errors/errors.ts';
import type { Logger } from '../runtime/logger.ts';
import { generateApiKey, hashApiKey, isSameHash, parseApiKey } from './api-key.ts';
import { withFileLock } from './file-lock.ts';
import { formatPath } from './format-path.ts';
import { hasErrorCode } from './has-error-code.ts';
import { formatKeyFile, parseKeyFile } from './key-file-text.ts';
import type { CreatedKey, KeyLookup, KeyRequest, KeyStore } from './key-store.ts';
import { pepperBytes, type SecretBytes } from './pepper-bytes.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/** Which file holds the keys, and what the store needs to run. */
export interface KeyStoreOptions {
  /** Path of `keys.json`. A missing file is an empty store; the first key makes it. */
  readonly file: string;
  readonly pepper: SecretBytes;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How often the file's content is compared. Kubernetes swaps a symlink, so file events and times lie (04 G-83). */
const pollMs = 1_000;
const lastUsedWriteMs = 60_000;

/**
 * Opens the key store that lives in one file (04 G-58). Looks keys up from memory; takes over what another process
 * writes within a second, or at once when an unknown key is presented. A file that becomes invalid is logged and the
 * keys read before stay.
 *
 * @throws Internal with code KEY_FILE_INVALID that names the field; Unavailable with code SECRET_WEAK.
 */
export function createKeyStore(options: KeyStoreOptions): KeyStore {
  return new FileKeyStore(options);
}

type EditRecords = (records: readonly KeyRecord[]) => readonly KeyRecord[];

class FileKeyStore implements KeyStore {
  readonly #file: string;
  readonly #pepper: Buffer;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #listeners = new Set<() => void>();
  /** When keys were used, as far as the file does not know it yet. */
  readonly #used = new Map<string, Date>();
  #records: ReadonlyMap<string, KeyRecord> = new Map();
  #text = '';
  #rejection = '';
  #stamp = '';
  #epoch = 0;
  #writes: Promise<void> = Promise.resolve();
  #cancelPoll: () => void;
  #cancelLastUsed: (() => void) | undefined;

  constructor({ file, pepper, clock, log }: KeyStoreOptions) {
    this.#file = file;
    this.#pepper = pepperBytes(pepper);
    this.#clock = clock;
    this.#log = log;
    this.#stamp = readStamp(file);
    const text = readText(file);
    this.#adopt(text, parseKeyFile(text, file));
    this.#cancelPoll = clock.schedule(pollMs, () => this.#poll());
  }

  get epoch(): number {
    return this.#epoch;
  }

  find(key: string): KeyLookup {
    const id = parseApiKey(key)?.id;
    if (id === undefined) return 'unknown';
    const record = this.#records.get(id) ?? this.#findInChangedFile(id);
    if (record === undefined || !isSameHash(hashApiKey(key, this.#pepper), record.hash)) return 'unknown';
    if (record.revokedAt !== undefined) return 'revoked';
    const now = this.#clock.now();
    if (record.expiresAt !== undefined && Date.parse(record.expiresAt) <= now.getTime()) return 'expired';
    this.#noteUse(id, now);
    return record;
  }

  list(): readonly KeyRecord[] {
    return this.#withUses([...this.#records.values()]).toSorted((a, b) => compare(a.createdAt, b.createdAt));
  }

  async create(request: KeyRequest): Promise<CreatedKey> {
    const { id, key } = generateApiKey();
    const record = newRecord(request, { id, hash: hashApiKey(key, this.#pepper), createdAt: this.#clock.now() });
    await mkdir(dirname(this.#file), { recursive: true, mode: 0o700 });
    await this.#change((records) => [...records, record]);
    this.#log.info({ keyId: id, roles: record.roles }, 'key.created');
    return { record, key };
  }

  async revoke(id: string): Promise<KeyRecord> {
    const revokedAt = this.#clock.now().toISOString();
    await this.#change((records) => {
      if (!records.some((record) => record.id === id)) throw keyNotFound(id);
      return records.map((record) => (record.id === id ? { revokedAt, ...record } : record));
    });
    this.#log.info({ keyId: id }, 'key.revoked');
    const revoked = this.#records.get(id);
    if (revoked === undefined) throw keyNotFound(id);
    return revoked;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#cancelPoll();
    this.#cancelLastUsed?.();
    await this.#writes;
    await this.#writeLastUsed();
  }

  #findInChangedFile(id: string): KeyRecord | undefined {
    if (readStamp(this.#file) === this.#stamp) return undefined;
    this.#reload();
    return this.#records.get(id);
  }

  #poll(): void {
    this.#reload();
    this.#cancelPoll = this.#clock.schedule(pollMs, () => this.#poll());
  }

  /** Synchronous on purpose: files of a few kilobytes, and what was read last is also what is in force last. */
  #reload(): void {
    try {
      this.#stamp = readStamp(this.#file);
      const text = readText(this.#file);
      if (text === this.#text) return;
      this.#adopt(text, parseKeyFile(text, this.#file));
      this.#rejection = '';
    } catch (error) {
      // Once per problem: a file that stays unreadable is looked at every second.
      if (this.#rejection === String(error)) return;
      this.#rejection = String(error);
      this.#log.error({ err: error }, 'keys.rejected');
    }
  }

  #adopt(text: string, records: readonly KeyRecord[]): void {
    const before = this.#records;
    this.#text = text;
    this.#records = new Map(records.map((record) => [record.id, record]));
    if (isSameGrant(before, this.#records)) return;
    this.#epoch += 1;
    this.#log.info({ keys: records.length, epoch: this.#epoch }, 'keys.loaded');
    for (const listener of this.#listeners) listener();
  }

  /** Changes of this process run one after another; the lock keeps other processes out, so none overwrites another's. */
  #change(edit: EditRecords): Promise<void> {
    const write = this.#writes.then(() => withFileLock(this.#file, this.#clock, (lock) => this.#rewrite(edit, lock)));
    this.#writes = write.catch(ignoreReported);
    return write;
  }

  async #rewrite(edit: EditRecords, lock: { assertHeld(): Promise<void> }): Promise<void> {
    const text = formatKeyFile(edit(parseKeyFile(readText(this.#file), this.#file)));
    // Parsed before it is written: what we could not read again must not replace what we can.
    const records = parseKeyFile(text, this.#file);
    await writeFileAtomically(this.#file, text, { mode: 0o600, beforeReplace: () => lock.assertHeld() });
    this.#stamp = readStamp(this.#file);
    this.#adopt(text, records);
  }

  #noteUse(id: string, now: Date): void {
    this.#used.set(id, now);
    this.#cancelLastUsed ??= this.#clock.schedule(lastUsedWriteMs, () => void this.#writeLastUsed());
  }

  /** A file that cannot be written, such as a mounted secret, costs the time of last use and nothing else. */
  async #writeLastUsed(): Promise<void> {
    this.#cancelLastUsed = undefined;
    if (this.#used.size === 0) return;
    try {
      const written = new Map(this.#used);
      await this.#change((records) => this.#withUses(records));
      for (const [id, usedAt] of written) if (this.#used.get(id) === usedAt) this.#used.delete(id);
    } catch (error) {
      this.#log.warn({ err: error }, 'keys.last_use_not_written');
    }
  }

  #withUses(records: readonly KeyRecord[]): readonly KeyRecord[] {
    return records.map((record) => {
      const usedAt = this.#used.get(record.id)?.toISOString();
      const isNews = usedAt !== undefined && usedAt > (record.lastUsedAt ?? '');
      return isNews ? { ...record, lastUsedAt: usedAt } : record;
    });
  }
}

function newRecord(request: KeyRequest, made: { id: string; hash: string; createdAt: Date }): KeyRecord {
  const parsed = keyRecord.safeParse({
    id: made.id,
    name: request.name,
    hash: made.hash,
    roles: request.roles,
    tenant: request.tenant,
    createdAt: made.createdAt.toISOString(),
    expiresAt: request.expiresAt?.toISOString(),
  });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidInput('INPUT_INVALID', {
    publicMessage: `${formatPath(issue?.path ?? [])}: ${issue?.message ?? 'is wrong'}.`,
  });
}

function keyNotFound(id: string): NotFound {
  return new NotFound('KEY_NOT_FOUND', {
    publicMessage: `No API key has the id "${id}". List the keys to see their ids.`,
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return '';
    throw error;
  }
}

/** Changes whenever the file is replaced or written. Good enough to look again, not to know that nothing changed. */
function readStamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? '' : `${stats.ino}:${stats.mtimeMs}:${stats.size}`;
}

/** Whether two sets of keys let the same callers do the same. The time of last use changes nothing of that. */
function isSameGrant(before: ReadonlyMap<string, KeyRecord>, after: ReadonlyMap<string, KeyRecord>): boolean {
  return grantText(before) === grantText(after);
}

function grantText(records: ReadonlyMap<string, KeyRecord>): string {
  return JSON.stringify([...records.values()].map((record) => ({ ...record, lastUsedAt: undefined })));
}

function compare(first: string, second: string): number {
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** The one who asked for the change gets its error; the next change runs all the same. */
function ignoreReported(): void {}
