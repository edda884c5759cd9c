import type { KeyRecord } from '@fairlead/contracts';

/** What a new key is for. */
export interface KeyRequest {
  readonly name: string;
  readonly roles: readonly string[];
  readonly tenant?: string;
  readonly expiresAt?: Date;
}

/** A key that was made. `key` is the only copy of its secret. */
export interface CreatedKey {
  readonly record: KeyRecord;
  readonly key: string;
}

/** What a presented key turned out to be. Only a holder of the whole key learns that it expired or was revoked. */
export type KeyLookup = KeyRecord | 'unknown' | 'expired' | 'revoked';

/** The API keys of a fleet. One contract, several drivers: a file, later a database (01 §8). */
export interface KeyStore {
  /** Rises with each change of what the keys may do; part of the key of every cache of verified keys (04 G-60). */
  readonly epoch: number;
  /** Looks a presented key up, from memory. */
  find(key: string): KeyLookup;
  /** All keys, revoked ones too, oldest first. */
  list(): readonly KeyRecord[];
  /** @throws InvalidInput when the name, a role or the tenant has a wrong form. */
  create(request: KeyRequest): Promise<CreatedKey>;
  /** Ends a key at once. Revoking it again changes nothing. @throws NotFound with code KEY_NOT_FOUND. */
  revoke(id: string): Promise<KeyRecord>;
  /** Runs the listener after each change. The returned function ends that. */
  onChange(listener: () => void): () => void;
  /** Ends the watch of the store; writes what is still to be written. */
  close(): Promise<void>;
}
