import { isUnsafeLink } from './unsafe-link.ts';
import { plainAlternative } from './tag-verdict.ts';

/** What stands in the place of a piece of Markdown. */
export interface MarkdownPiece {
  readonly text: string;
  /** Index after the piece in the source. */
  readonly end: number;
}

// Without `<` and backticks: these bind closer than an image, and what holds one is read piece by piece.
const imageAt = /!\[((?:[^[\]\\<`]|\\[^<`])*)\](?:\((?:[^()\\\n<`]|\\[^\n<`]|\([^()\n<`]*\))*\)|\[[^[\]<`]*\])?/y;

// A target that holds one of the last three characters is no link with a scheme, and markup may begin there.
const targetAt = /\](?:\(|:)[ \t]*\n?[ \t]*<?([^\s>)<\]`]*)/y;

const harmlessTarget = 'about:blank';

/**
 * Reads the image that begins at `start` and gives its alternative text: an image is fetched when it is shown, and its
 * address can carry data out. What is no whole image loses its `!`, so that nothing can make it one.
 */
export function replaceImage(text: string, start: number): MarkdownPiece {
  imageAt.lastIndex = start;
  const match = imageAt.exec(text);
  return match === null
    ? { text: '', end: start + 1 }
    : { text: plainAlternative(match[1] ?? ''), end: imageAt.lastIndex };
}

/**
 * Reads the link target that begins with the `]` at `start` and puts `about:blank` in its place when it would run code
 * or bring its own content.
 */
export function disarmTarget(text: string, start: number): MarkdownPiece {
  targetAt.lastIndex = start;
  const target = targetAt.exec(text)?.[1] ?? '';
  if (!isUnsafeLink(target)) return { text: text.slice(start, start + 2), end: start + 2 };
  return { text: `${text.slice(start, targetAt.lastIndex - target.length)}${harmlessTarget}`, end: targetAt.lastIndex };
}
