import type { Note } from './note.ts';

/** Characters shown before and after what was found. */
const snippetMargin = 60;

/** Whether a note holds the text in its title, body or a tag, in any case. */
export function holdsText({ title, body, tags }: Note, text: string): boolean {
  return [title, body, ...tags].some((part) => part.toLowerCase().includes(text.toLowerCase()));
}

/** The part of a body around the text; its beginning when the text is elsewhere. */
export function snippetOf(body: string, text: string): string {
  const found = Math.max(0, body.toLowerCase().indexOf(text.toLowerCase()));
  const [from, to] = [Math.max(0, found - snippetMargin), found + text.length + snippetMargin];
  return `${from > 0 ? '...' : ''}${body.slice(from, to)}${to < body.length ? '...' : ''}`;
}
