/** Whether a text can be a LIKE pattern: its last backslash takes a character with it. Postgres refuses others while it matches. */
export function isLikePattern(text: string): boolean {
  const backslashes = /\\*$/.exec(text)?.[0].length ?? 0;
  return backslashes % 2 === 0;
}
