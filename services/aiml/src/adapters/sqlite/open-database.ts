import { DatabaseSync } from 'node:sqlite';
import { load } from 'sqlite-vec';
import { schemaVersion, schema } from './schema.ts';

/** How the store's file is opened. */
export interface DatabaseOptions {
  readonly path: string;
  /** The one writer makes the schema; readers open the file read-only. */
  readonly access: 'write' | 'read';
}

const busyTimeoutMs = 5_000;
/** A 2 KiB vector needs a 4 KiB page for itself; three of them fit into 8 KiB. */
const pageBytes = 8_192;
const mappedBytesMax = 268_435_456;

/**
 * Opens the store's file with sqlite-vec and makes or checks its schema.
 *
 * @throws Error that names the missing package, or the version that does not fit.
 */
export function openDatabase({ path, access }: DatabaseOptions): DatabaseSync {
  const database = new DatabaseSync(path, {
    allowExtension: true,
    readOnly: access === 'read',
    timeout: busyTimeoutMs,
  });
  loadVectorFunctions(database);
  database.exec(`pragma mmap_size = ${mappedBytesMax}`);
  if (access === 'read') return database;
  database.exec(
    `pragma page_size = ${pageBytes}; pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on`,
  );
  prepareSchema(database);
  return database;
}

function loadVectorFunctions(database: DatabaseSync): void {
  try {
    load(database);
  } catch (error) {
    // npm install --omit=optional leaves the binary out (07 A-33).
    const message = `sqlite-vec has no binary for ${process.platform}-${process.arch}: install the optional package sqlite-vec-${process.platform}-${process.arch}`;
    throw new Error(message, { cause: error });
  }
  database.enableLoadExtension(false);
}

function prepareSchema(database: DatabaseSync): void {
  const found = Number(database.prepare('pragma user_version').get()?.['user_version'] ?? 0);
  if (found === schemaVersion) return;
  if (found !== 0)
    throw new Error(
      `the store is of version ${found}; this server writes version ${schemaVersion}. Move the file away, and index again.`,
    );
  database.exec(`begin immediate; ${schema}; pragma user_version = ${schemaVersion}; commit`);
}
