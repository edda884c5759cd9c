/**
 * Compiles a glob in which `*` stands for any run of characters, also none. Anchored and case-sensitive; every other
 * character stands for itself (04 G-35).
 *
 * Each piece between two stars is looked for once, leftmost first, so a match takes at most text times glob length and
 * cannot be made to backtrack.
 */
export function compileGlob(glob: string): (text: string) => boolean {
  const [head = '', ...rest] = glob.split('*');
  const tail = rest.pop();
  if (tail === undefined) return (text) => text === glob;
  const middle = rest.filter((piece) => piece !== '');
  if (middle.length === 0 && tail === '') return head === '' ? () => true : (text) => text.startsWith(head);

  const lengthMin = head.length + tail.length;
  return function matchesGlob(text) {
    if (text.length < lengthMin || !text.startsWith(head) || !text.endsWith(tail)) return false;
    const end = text.length - tail.length;
    let from = head.length;
    for (const piece of middle) {
      const at = text.indexOf(piece, from);
      if (at === -1 || at + piece.length > end) return false;
      from = at + piece.length;
    }
    return true;
  };
}
