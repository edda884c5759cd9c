/** What one server last listed, in the form in which it is kept. */
export interface StoredList {
  /** Name of the server in the config. */
  readonly server: string;
  /** Digest of the address that gave the list: another address under the same name is another server. */
  readonly place: string;
  /** SHA-256 of `text`, in hex. */
  readonly digest: string;
  /** The list as JSON. */
  readonly text: string;
  /** When the server last listed this. */
  readonly seenAt: Date;
}

/** The part of a stored list by which it is found. */
export type StoredListKey = Pick<StoredList, 'server' | 'place'>;

/** Longest text of one list, in bytes. A longer one is neither kept nor loaded. */
export const LIST_BYTES_MAX = 4 * 1024 * 1024;
/** After this time nobody asks for a list any more, and it is removed: its server left the config, or moved. */
export const LIST_KEPT_DAYS = 30;

/** Keeps the last good discovery of each server over a restart (04 G-21). One contract, two drivers. */
export interface CatalogStore {
  /** The lists of these servers that are kept. Removes what nobody has renewed for 30 days. */
  load(keys: readonly StoredListKey[]): Promise<readonly StoredList[]>;
  /**
   * Keeps a list. The same list again only renews its time; an older one than is kept changes nothing, so that of two
   * replicas the later sight counts.
   */
  save(list: StoredList): Promise<void>;
  /** Removes a list that cannot be used, unless another one has taken its place. */
  drop(list: Pick<StoredList, 'server' | 'place' | 'digest'>): Promise<void>;
}
