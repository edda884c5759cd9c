import { writeSync } from 'node:fs';
import { startPostgres } from '@fairlead/testkit/parts';
import type { DemoPasswords } from './demo-passwords.ts';
import { installDemo, type InstalledDemo } from './install-demo.ts';
import type { RunningPart } from './supervised-part.ts';

/** The running Postgres with the demo database in it. */
export interface RunningDatabase extends RunningPart {
  readonly port: number;
  /** As superuser, on the database `postgres`. */
  readonly adminUrl: string;
  readonly demo: InstalledDemo;
}

/** What the database is started with. */
export interface DatabaseOptions {
  /** Folder of the cluster. */
  readonly folder: string;
  /** Absent: a free one. */
  readonly port?: number | undefined;
  readonly passwords: DemoPasswords;
  /** File descriptor of the log. */
  readonly log: number;
}

/** Starts Postgres on the fleet's own cluster and makes sure that the demo database is in it. */
export async function startDatabase({ folder, port, passwords, log }: DatabaseOptions): Promise<RunningDatabase> {
  const postgres = await startPostgres({
    folder,
    ...(port === undefined ? {} : { port }),
    log: (line) => writeSync(log, `${line}\n`),
  });
  try {
    const demo = await installDemo({ adminUrl: postgres.adminUrl, passwords });
    return {
      port: postgres.port,
      adminUrl: postgres.adminUrl,
      demo,
      pid: postgres.process.pid,
      ended: postgres.process.exited.then(({ code, signal }) => signal ?? `exit code ${code}`),
      stop: () => postgres.stop(),
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
