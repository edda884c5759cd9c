import { Unavailable } from '@fairlead/server-kit/runtime';
import type { Database, Databases } from './deps.ts';
import { invalidArgument } from './invalid-argument.ts';

/**
 * Finds the database that a caller named, or the default one.
 *
 * @throws Unavailable `CONFIG_MISSING` when there is none at all; InvalidInput `INPUT_INVALID` for an unknown id.
 */
export function chooseDatabase(databases: Databases, id: string | undefined): Database {
  const known = databases.list();
  const wanted = id ?? known[0]?.id;
  if (wanted === undefined) throw noDatabase();
  const database = databases.find(wanted);
  if (database !== undefined) return database;
  throw invalidArgument(
    'database',
    `there is no database ${JSON.stringify(wanted)}. Known: ${known.map((info) => info.id).join(', ')}.`,
  );
}

/** The answer of every database tool while no database is configured (05 T-08). */
export function noDatabase(): Unavailable {
  return new Unavailable('CONFIG_MISSING', {
    publicMessage: 'No database is configured: DATA_DATABASE_URL is not set. See the README of the data server.',
    details: { setting: 'DATA_DATABASE_URL' },
    retryable: false,
  });
}
