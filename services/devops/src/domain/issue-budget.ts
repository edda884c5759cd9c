/** Most characters of an issue's own text in one answer. */
export const issueBodyCharactersMax = 8_000;

/** Most characters of a body in a list (06 S-70). */
export const listedBodyCharactersMax = 2_000;

const commentsCharactersMax = 24_000;

/**
 * Most characters of one comment when `comments` of them share an answer, so that the whole stays near 8,000 tokens
 * (05 T-42). Who asks for fewer comments gets more of each.
 */
export function commentCharactersMax(comments: number): number {
  return Math.min(issueBodyCharactersMax, Math.floor(commentsCharactersMax / Math.max(1, comments)));
}
