/** A file that a URI names: a configured root and a path below it. */
export interface FileLocation {
  readonly root: string;
  /** Relative, with `/` between segments; free of `.`, `..`, empty segments, backslashes and control characters. */
  readonly path: string;
}

/** Names that are never read, wherever they stand in a path (06 S-51). Compared in lower case. */
const refusedSegments = /^(?:\.ssh|\.env.*|\.git|\.fairlead|id_.*|.*\.pem|.*\.key)$/;
const pathBytesMax = 4_096;

/**
 * Reads `file:///<root>/<path below it>`. `undefined` for anything else: another host, a missing root, a path that
 * climbs or names something that is never read. The caller is told the same as for a missing file (06 S-50, S-53).
 */
export function fileLocation(uri: string): FileLocation | undefined {
  const url = URL.parse(uri);
  if (url?.protocol !== 'file:' || url.host !== '' || url.search !== '' || url.hash !== '') return undefined;
  const decoded = decodeOnce(url.pathname.slice(1));
  if (decoded === undefined || !isPlainPath(decoded)) return undefined;
  const [root, ...segments] = decoded.split('/');
  if (root === undefined || segments.length === 0 || isRefusedPath(decoded)) return undefined;
  return { root, path: segments.join('/') };
}

/** Whether a path below a root names something that is never read. */
export function isRefusedPath(path: string): boolean {
  return path
    .toLowerCase()
    .split('/')
    .some((segment) => refusedSegments.test(segment));
}

function isPlainPath(path: string): boolean {
  if (Buffer.byteLength(path) > pathBytesMax || /[\\\p{Cc}]/u.test(path)) return false;
  return path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}

function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
