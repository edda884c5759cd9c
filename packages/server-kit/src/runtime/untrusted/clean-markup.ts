import { createMarkupCleaner } from './markup/markup-cleaner.ts';
import { splitCode } from './markup/split-code.ts';

/**
 * Takes out of Markdown or HTML what a reader does not see and what acts by being shown (06 S-92): comments, hidden
 * elements, scripts, styles, frames, event attributes, `javascript:` and `data:` links. Images become their
 * alternative text. Code in fences and backticks stays as it is, where it is code for certain. Works in time linear in
 * the text. White space stands where something went, so that what is left forms no such markup anew.
 *
 * Give it text that `cleanText` has cleaned: a zero-width character in a tag's name would hide the tag.
 */
export function cleanMarkup(text: string): string {
  const cleaner = createMarkupCleaner();
  for (const part of splitCode(text)) cleaner.add(part);
  return cleaner.finish();
}
