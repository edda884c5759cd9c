import { compileGlob } from './glob.ts';

/** Answers whether a permission is held. */
export type PermissionMatcher = (permission: string) => boolean;

/**
 * Compiles the permission globs of a principal. `deny` beats `allow`; what neither names is not held (04 G-35).
 *
 * Compile once per role set and keep the matcher: a call of it costs one pass over the globs, and exact names one look-up.
 */
export function compilePermissionMatcher(allow: readonly string[], deny: readonly string[]): PermissionMatcher {
  const isDenied = compileAny(deny);
  const isAllowed = compileAny(allow);
  return function permits(permission) {
    return isAllowed(permission) && !isDenied(permission);
  };
}

function compileAny(globs: readonly string[]): PermissionMatcher {
  const exact = new Set(globs.filter((glob) => !glob.includes('*')));
  const patterns = globs.filter((glob) => glob.includes('*')).map(compileGlob);
  return (permission) => exact.has(permission) || patterns.some((matches) => matches(permission));
}
