/** One step of the gateway's tables. Never changed once it was released: a change is a further step. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}

/**
 * The gateway's tables, in the order of their versions. A step only adds, so that replicas of the version before go on
 * working beside one of the next.
 */
export const migrations: readonly Migration[] = Object.freeze([
  {
    version: 1,
    name: 'catalog_snapshot',
    // `listing` is text and not jsonb, which reorders keys and rewrites numbers: definitions are passed on as they came.
    sql: `create table catalog_snapshot (
      server text not null,
      place text not null,
      digest text not null,
      listing text not null,
      seen_at timestamptz not null,
      primary key (server, place)
    )`,
  },
]);
