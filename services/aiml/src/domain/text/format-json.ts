/**
 * Lays JSON out with one value a line, so that it can be cut at line ends. Moves blanks only: numbers keep every digit
 * and strings every escape. `undefined` when the text is not JSON.
 */
export function formatJson(text: string): string | undefined {
  if (!isJson(text)) return undefined;
  const parts: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    if (token === '}' || token === ']') {
      depth -= 1;
      parts.push(lineBreak(depth));
    }
    parts.push(token === ':' ? ': ' : token);
    if (token === '{' || token === '[') {
      depth += 1;
      parts.push(lineBreak(depth));
    }
    if (token === ',') parts.push(lineBreak(depth));
  }
  return parts.join('');
}

/** Deep nesting would cost more indentation than text, so that it stops growing at 16 levels. */
function lineBreak(depth: number): string {
  return `\n${'  '.repeat(Math.min(depth, 16))}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return false;
    throw error;
  }
}
