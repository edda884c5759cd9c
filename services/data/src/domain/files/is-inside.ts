/**
 * Whether an absolute, normalised path is `folder` or lies below it. Compared with a separator at the end, so that
 * `/data` does not open `/data_old` (CVE-2025-53110).
 */
export function isInside(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
