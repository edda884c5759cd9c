import { execFile } from 'node:child_process';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { demoPasswords } from './demo-passwords.ts';

/** Where the demo database goes, and the passwords that its roles get. */
export const demoInstallation = z.strictObject({ adminUrl: z.string(), passwords: demoPasswords });
export type DemoInstallation = z.infer<typeof demoInstallation>;

const installedDemo = z.looseObject({ readOnlyUrl: z.string() });
/** The installed demo database: its address as the role that reads. */
export type InstalledDemo = z.infer<typeof installedDemo>;

const longestMs = 120_000;

/**
 * Installs the demo database, in a process of its own: its data is made in memory, 200 MB that the fleet would keep for
 * as long as it runs.
 */
export async function installDemo(installation: DemoInstallation): Promise<InstalledDemo> {
  const extension = extname(fileURLToPath(import.meta.url));
  const file = fileURLToPath(new URL(`./install-demo-process${extension}`, import.meta.url));
  const conditions = extension === '.ts' ? ['--conditions=@fairlead/source'] : [];
  const running = promisify(execFile)(process.execPath, [...conditions, file], { env: {}, timeout: longestMs });
  // By standard input, because other users may read arguments.
  running.child.stdin?.end(JSON.stringify(installation));
  return installedDemo.parse(JSON.parse((await running).stdout));
}
