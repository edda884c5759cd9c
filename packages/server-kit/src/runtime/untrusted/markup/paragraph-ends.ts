/** Tells where the paragraph at an index ends: at the next blank line. Indexes must rise from call to call. */
export type ParagraphEnds = (position: number) => number;

const blankLine = /\n[ \t]*\n/g;

/** Makes the finder of paragraph ends of one text. All calls together read the text once. */
export function createParagraphEnds(text: string): ParagraphEnds {
  let end = -1;
  return function endOfParagraph(position) {
    if (end < position) {
      blankLine.lastIndex = position;
      end = blankLine.exec(text)?.index ?? text.length;
    }
    return end;
  };
}
