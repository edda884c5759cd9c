import { passageId, type RankedPassage } from './passage.ts';

/** Reads a span of the text that a passage is from, in UTF-16 units. */
export type ReadSpan = (passage: RankedPassage, start: number, end: number) => string | undefined;

/** Longest joined passage, in characters: one document must not push all others out of an answer. */
const joinedCharsMax = 4_000;

/**
 * Joins passages that follow each other in one document into one passage that stands where the best of them stood. A
 * span that cannot be read any more (the document has just changed) is left apart.
 */
export function joinNeighbours(passages: readonly RankedPassage[], readSpan: ReadSpan): readonly RankedPassage[] {
  const taken = new Set<number>();
  const joined: RankedPassage[] = [];
  for (const passage of passages) {
    if (taken.has(passage.id)) continue;
    const run = runAround(
      passage,
      passages.filter(({ id }) => !taken.has(id)),
    );
    const whole = joinRun(passage, run, readSpan);
    for (const { id } of whole ? run : [passage]) taken.add(id);
    joined.push(whole ?? passage);
  }
  return joined;
}

/** Documents in which two of the passages follow each other: the ones whose text is needed. */
export function documentsWithNeighbours(
  passages: readonly RankedPassage[],
): readonly { readonly collection: string; readonly documentId: string }[] {
  const places = new Set(passages.map((passage) => placeOf(passage, 0)));
  const found = passages.filter((passage) => places.has(placeOf(passage, 1)));
  return [
    ...new Map(
      found.map((passage) => [
        placeOf({ ...passage, ordinal: 0 }, 0),
        { collection: passage.collection, documentId: passage.documentId },
      ]),
    ).values(),
  ];
}

function placeOf({ collection, documentId, ordinal }: RankedPassage, offset: number): string {
  return `${collection}/${documentId}#${ordinal + offset}`;
}

/** The unbroken run of passages around one, in the document's order, as long as it may be. */
function runAround(passage: RankedPassage, passages: readonly RankedPassage[]): readonly RankedPassage[] {
  const byPlace = new Map(passages.map((other) => [placeOf(other, 0), other]));
  let run: readonly RankedPassage[] = [passage];
  for (;;) {
    const first = run[0] ?? passage;
    const last = run.at(-1) ?? passage;
    const next = byPlace.get(placeOf(last, 1));
    const previous = byPlace.get(placeOf(first, -1));
    if (next && next.end - first.start <= joinedCharsMax) run = [...run, next];
    else if (previous && last.end - previous.start <= joinedCharsMax) run = [previous, ...run];
    else return run;
  }
}

function joinRun(best: RankedPassage, run: readonly RankedPassage[], readSpan: ReadSpan): RankedPassage | undefined {
  const first = run[0];
  const last = run.at(-1);
  if (!first || !last || run.length === 1) return undefined;
  const text = readSpan(best, first.start, last.end);
  if (text === undefined) return undefined;
  const absorbed = run.flatMap((part) => [
    ...(part.id === best.id ? [] : [{ id: passageId(part), reason: 'joined with its neighbour' as const }]),
    ...part.absorbed,
  ]);
  return {
    ...best,
    text,
    absorbed,
    start: first.start,
    end: last.end,
    lineStart: first.lineStart,
    lineEnd: last.lineEnd,
  };
}
