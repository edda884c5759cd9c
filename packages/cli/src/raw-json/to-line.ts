/** JSON text on one line. A line break can only stand between tokens, so a space in its place changes no value. */
export function toLine(text: string): string {
  return text.trim().replaceAll(/[\r\n]+/g, ' ');
}
