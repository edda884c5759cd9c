import { defineConfig, secretUrl, setting } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

const postgresUrl = secretUrl('postgres', 'postgresql');

/** Settings of the data server (05 §5). */
export const config = defineConfig({
  DATA_DATABASES_FILE: setting(
    z.string().min(1).optional(),
    'YAML file that lists databases: id, description, url (from an environment variable or a file), schemas. Absent: DATA_DATABASE_URL makes one database, "main".',
    { example: '/etc/fairlead/databases.yaml' },
  ),
  DATA_DATABASE_URL: setting(
    postgresUrl.optional(),
    'URL of a Postgres, version 15 or later, as a role that only reads. Not used beside DATA_DATABASES_FILE. Without both, the database tools answer CONFIG_MISSING.',
    { example: 'postgres://mcp_ro:password@db.example.com:5432/shop' },
  ),
  DATA_QUERY_MAX_ROWS: setting(
    z.coerce.number().int().min(1).max(1_000).default(100),
    'Most rows in one result. A caller may ask for fewer, never for more.',
  ),
  DATA_QUERY_MAX_BYTES: setting(
    z.coerce.number().int().min(1_024).max(4_194_304).default(262_144),
    'Most bytes of the values in one result. The first row is given whatever its size.',
  ),
  DATA_CELL_MAX_BYTES: setting(
    z.coerce.number().int().min(64).max(65_536).default(4_096),
    'Most bytes of one value; a longer one is cut and says by how many characters.',
  ),
  DATA_PAGE_MAX_OFFSET: setting(
    z.coerce.number().int().min(0).max(100_000).default(10_000),
    'Most rows that a cursor of query_database skips. A page runs its statement again, so late pages cost as much as all before them. 0: no pages.',
  ),
  DATA_QUERY_TIMEOUT_MS: setting(
    z.coerce.number().int().min(100).max(30_000).default(10_000),
    'Longest time that one statement may run. Postgres ends it, not we: it is sent as statement_timeout.',
  ),
  DATA_QUERY_MAX_COST: setting(
    z.coerce.number().min(0).default(10_000_000),
    "Highest planner's estimate of a statement that may run, in the planner's unit. 0: no limit.",
  ),
  DATA_POOL_MAX: setting(z.coerce.number().int().min(1).max(50).default(5), 'Most connections to each database.'),
  DATA_PRINCIPAL_CONCURRENCY: setting(
    z.coerce.number().int().min(1).max(20).default(2),
    'Most connections to each database that one caller may hold at a time; others of its calls wait up to 5 s.',
  ),
  DATA_ROLE_CHECK: setting(
    z.enum(['enforce', 'warn']).default('enforce'),
    'What to do about a database role that may do more than read: enforce refuses its database, warn serves it and logs what is wrong.',
  ),
  DATA_FILE_ROOTS: setting(
    z.string().min(1).optional(),
    'Folders that may be read, as id=path with commas between. Absent: the file tools answer CONFIG_MISSING.',
    { example: 'docs=./docs,reports=/srv/reports' },
  ),
  DATA_FILE_DENY: setting(
    z.string().optional(),
    'Patterns of file and folder names that are never read, with commas between, beside the built-in ones (.env*, *.key, *.pem, .ssh, id_*, .fairlead). Absent: no others.',
    { example: '*.secret,private' },
  ),
});

/** The value of an environment variable that the databases file names. */
export function environmentValue(name: string): string | undefined {
  return process.env[name];
}
