/**
 * The address of a worker's module beside the calling one. Source runs as `.ts`, the build as `.js`, and the compiler
 * rewrites no text inside `new URL()`, so that the extension is taken from the caller.
 *
 * @param path relative to the caller, without an extension: `./sqlite-worker`.
 */
export function workerEntry(path: string, callerUrl: string): URL {
  const extension = callerUrl.endsWith('.ts') ? '.ts' : '.js';
  return new URL(`${path}${extension}`, callerUrl);
}
