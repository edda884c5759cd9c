/** Version of the schema, in the file's `user_version`. */
export const schemaVersion = 1;

/**
 * Tables of the record. The indexes of a collection are tables of their own (see `index-tables.ts`), so that one
 * tenant's words never count in another's ranking, and nobody scans another's vectors. Times are milliseconds.
 */
export const schema = `
create table collection (
  id integer primary key autoincrement,
  tenant text not null,
  name text not null,
  description text not null,
  embedder text not null,
  dims integer not null,
  fields text not null,
  visibility text not null,
  documents integer not null default 0,
  chunks integer not null default 0,
  updated_at integer not null,
  unique (tenant, name)
) strict;
create unique index collection_shared on collection (name) where visibility = 'shared';

create table document (
  key integer primary key autoincrement,
  collection_id integer not null references collection (id),
  id text not null,
  uri text not null,
  title text not null,
  mime text not null,
  bytes integer not null,
  content_hash text not null,
  source text,
  metadata text not null,
  fields text not null,
  indexed_at integer not null,
  unique (collection_id, id)
) strict;
create index document_source on document (collection_id, source);

create table document_text (
  document_key integer primary key references document (key) on delete cascade,
  text text not null
) strict;

create table chunk (
  id integer primary key autoincrement,
  document_key integer not null references document (key) on delete cascade,
  ordinal integer not null,
  start_offset integer not null,
  end_offset integer not null,
  line_start integer not null,
  line_end integer not null,
  heading_path text not null,
  hash text not null,
  text text not null
) strict;
create index chunk_document on chunk (document_key, ordinal);

create table job (
  key integer primary key autoincrement,
  id text not null unique,
  tenant text not null,
  collection_id integer not null references collection (id),
  kind text not null,
  source text,
  sync integer not null,
  allow_mass_delete integer not null,
  status text not null,
  total integer not null,
  done integer not null default 0,
  skipped integer not null default 0,
  failed integer not null default 0,
  embedded integer not null default 0,
  reused integer not null default 0,
  deleted integer not null default 0,
  failure_code text,
  failure_reason text,
  queued_at integer not null,
  started_at integer,
  finished_at integer,
  owner text,
  epoch integer not null default 0,
  lease_until integer not null default 0
) strict;
create index job_open on job (status, key) where status in ('queued', 'running');

create table job_item (
  job_key integer not null references job (key) on delete cascade,
  ordinal integer not null,
  document_id text not null,
  uri text not null,
  title text,
  mime text,
  metadata text not null,
  fields text not null,
  text text,
  state text not null default 'pending',
  code text,
  reason text,
  primary key (job_key, ordinal)
) strict;
create index job_item_failed on job_item (job_key, ordinal) where state = 'failed'
`;
