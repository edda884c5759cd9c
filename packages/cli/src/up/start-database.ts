import { writeSync } from 'node:fs';
import { ensureDatabase, startPostgres } from '@fairlead/testkit/parts';
import type { DemoPasswords } from './demo-passwords.ts';
import { installDemo, type InstalledDemo } from './install-demo.ts';
import type { RunningPart } from './supervised-part.ts';

/** The running Postgres with the platform's database in it, and the demo's. */
export interface RunningDatabase extends RunningPart {
  readonly port: number;
  /** As superuser, on the database `postgres`. */
  readonly adminUrl: string;
  /** The database of the gateway's own state, as its owner. */
  readonly platformUrl: string;
  /** Absent when nobody reads it. */
  readonly demo?: InstalledDemo;
}

/** What the database is started with. */
export interface DatabaseOptions {
  /** Folder of the cluster. */
  readonly folder: string;
  /** Absent: a free one. */
  readonly port?: number | undefined;
  readonly platformPassword: string;
  /** Absent: no demo database is installed. */
  readonly demoPasswords?: DemoPasswords | undefined;
  /** File descriptor of the log. */
  readonly log: number;
}

/** Owned by a role of its own: the gateway reads no demo data, and the demo's roles read no state of the gateway. */
const platformDatabase = 'fairlead';
const platformRole = 'fairlead_gateway';

/** Starts Postgres on the fleet's own cluster and makes sure that its databases are in it. */
export async function startDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  const { folder, port, platformPassword, demoPasswords, log } = options;
  const postgres = await startPostgres({
    folder,
    ...(port === undefined ? {} : { port }),
    log: (line) => writeSync(log, `${line}\n`),
  });
  try {
    const { adminUrl } = postgres;
    const platformUrl = await ensureDatabase(adminUrl, {
      name: platformDatabase,
      owner: { name: platformRole, password: platformPassword },
    });
    const demo = demoPasswords === undefined ? undefined : await installDemo({ adminUrl, passwords: demoPasswords });
    return {
      port: postgres.port,
      adminUrl,
      platformUrl,
      ...(demo === undefined ? {} : { demo }),
      pid: postgres.process.pid,
      ended: postgres.process.exited.then(({ code, signal }) => signal ?? `exit code ${code}`),
      stop: () => postgres.stop(),
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
