import { createHash, randomBytes } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Conflict } from '@fairlead/server-kit/runtime';
import { nobody, type PostgresAccount } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

/** The folder of one cluster, prepared for the account that uses it. */
export interface PostgresHome {
  /** Holds everything of the cluster; the caller's folder, or its stand-in for `other-user`. */
  readonly folder: string;
  /** The cluster's files; absent until the cluster was made. */
  readonly dataFolder: string;
  /** File with the administrator's password, mode 0600. */
  readonly passwordFile: string;
  readonly password: string;
  readonly binaries: PostgresBinaries;
}

/** Where a home shall be, and for whom. */
export interface PostgresHomeOptions {
  /** Folder that the caller named or made. */
  readonly folder: string;
  /** Whether the caller made it under the temporary folder, where others can reach it. */
  readonly isTemporary: boolean;
  readonly account: PostgresAccount;
  readonly binaries: PostgresBinaries;
  readonly log: (line: string) => void;
}

/**
 * Makes or finds the home of a cluster: the password, and for `other-user` a place that this user can reach.
 *
 * User 65534 must be able to pass through every parent of the data and of the programs, and a clone under a private home
 * folder is closed to it. So its data, its password and a copy of the programs (60 MB) lie under the system's temporary
 * folder, in a folder named after `folder`; the log says where.
 *
 * @throws Conflict `PART_FOLDER_UNUSABLE` when that place belongs to somebody else.
 */
export async function preparePostgresHome(options: PostgresHomeOptions): Promise<PostgresHome> {
  const { folder, isTemporary, account, binaries, log } = options;
  if (account !== 'other-user') {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return { ...(await readHome(folder, undefined)), binaries };
  }
  const home = isTemporary ? folder : await claimSharedHome(folder);
  await chmod(home, passableMode);
  log(`postgres: user namespaces are refused here; runs as user ${nobody.uid}, data and programs lie in ${home}`);
  await copyPrograms(binaries, home);
  return { ...(await readHome(home, nobody)), binaries: { packageFolder: home } };
}

/** Others may pass through the folder, not look into it. */
const passableMode = 0o711;

async function readHome(home: string, owner: typeof nobody | undefined): Promise<Omit<PostgresHome, 'binaries'>> {
  const passwordFile = join(home, 'password');
  const password = (await readIfThere(passwordFile)) ?? (await makePassword(passwordFile));
  if (owner !== undefined) await chown(passwordFile, owner.uid, owner.gid);
  return { folder: home, dataFolder: join(home, 'data'), passwordFile, password };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function makePassword(file: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600, flag: 'wx' });
  return password;
}

/** A folder of ours under the temporary folder, named after the caller's. */
async function claimSharedHome(folder: string): Promise<string> {
  const key = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  const home = join(await realpath(tmpdir()), `fairlead-postgres-${key}`);
  await mkdir(home, { mode: passableMode }).catch(async (error: unknown) => {
    const found = await lstat(home);
    // Anybody may make a folder of this name first; what he put there must not be run by us.
    if (!found.isDirectory() || found.uid !== 0) throw foreignHome(home, error);
  });
  return home;
}

function foreignHome(home: string, cause: unknown): Conflict {
  return new Conflict('PART_FOLDER_UNUSABLE', {
    publicMessage: `${home} belongs to another user. Remove it, then start again.`,
    cause,
  });
}

async function copyPrograms({ packageFolder }: PostgresBinaries, home: string): Promise<void> {
  const version = await readFile(join(packageFolder, 'package.json'), 'utf8');
  if ((await readIfThere(join(home, 'package.json'))) === version) return;
  const part = join(home, 'native.part');
  await rm(part, { recursive: true, force: true });
  await rm(join(home, 'native'), { recursive: true, force: true });
  await cp(join(packageFolder, 'native'), part, { recursive: true, verbatimSymlinks: true });
  await rename(part, join(home, 'native'));
  // Written last: its presence says that the copy is whole and of which version.
  await writeFile(join(home, 'package.json'), version);
}
