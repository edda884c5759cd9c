import path from 'node:path';

/** Absolute path of the repository, as it would be cloned. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../../..');

/** The `fairlead` command, as `npx fairlead` finds it. */
export const launcher = path.join(repositoryRoot, 'packages', 'cli', 'bin', 'fairlead.mjs');
