import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A section of a Markdown file: the heading is the question, the text under it the answer. */
export interface HeadingCase {
  readonly id: string;
  readonly query: string;
  readonly body: string;
}

/**
 * Builds the set "headings" of 07 A-27 from Markdown files of installed packages, in the order of their paths. Nothing
 * is downloaded; the lockfile pins what is there.
 */
export async function headingSet(folder: string, casesMax: number): Promise<readonly HeadingCase[]> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.md')).toSorted();
  const seen = new Set<string>();
  const cases: HeadingCase[] = [];
  for (const path of paths) {
    for (const { heading, body } of sectionsOf(await readFile(join(folder, path), 'utf8'))) {
      if (seen.has(body) || cases.length >= casesMax) continue;
      seen.add(body);
      cases.push({ id: `s${cases.length}`, query: heading, body });
    }
  }
  return cases;
}

/** Swaps two letters inside 60 % of the words of six letters and more; the same text gives the same mistakes. */
export function misspell(text: string): string {
  let state = 20_261_120;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
  return text.replaceAll(/[A-Za-z]{6,}/g, (word) => {
    if (next() >= 0.6) return word;
    const at = 1 + Math.floor(next() * (word.length - 3));
    return `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
  });
}

function sectionsOf(markdown: string): readonly { readonly heading: string; readonly body: string }[] {
  return markdown
    .split(/^#{1,4} /m)
    .slice(1)
    .flatMap((section) => {
      const [heading = '', ...lines] = section.split('\n');
      const body = lines.join('\n').trim();
      const isUsable =
        heading.split(/\s+/).length >= 2 && heading.length <= 100 && body.length >= 150 && body.length <= 6_000;
      return isUsable ? [{ heading: heading.trim(), body }] : [];
    });
}
