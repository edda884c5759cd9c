/** The LIKE pattern of texts that begin with `prefix`, whatever characters are in it. */
export function likePrefix(prefix: string): string {
  return `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
