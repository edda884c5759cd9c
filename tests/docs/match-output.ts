/**
 * Finds the first line of an expected output that a real one lacks. Lines must come in this order, others may lie between;
 * `...` within a line stands for any text.
 *
 * @returns that line; `undefined` when all are there.
 */
export function firstMissingLine(expected: string, actual: string): string | undefined {
  const rest = actual.split('\n');
  return expected
    .split('\n')
    .filter((line) => line.trim() !== '' && line !== '...')
    .find((line) => {
      const pattern = new RegExp(
        line
          .split('...')
          .map((part) => RegExp.escape(part.trim()))
          .join('.*'),
      );
      const found = rest.findIndex((each) => pattern.test(each));
      rest.splice(0, found + 1);
      return found === -1;
    });
}
