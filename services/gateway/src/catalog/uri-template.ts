/** A URI template (RFC 6570, levels 1 and 2) that can be asked whether a URI may come from it. */
export interface UriTemplate {
  /** Text before the first variable: the longer, the more exact (03 N3). */
  readonly literalPrefix: string;
  readonly matches: (uri: string) => boolean;
}

interface Piece {
  /** Whether the variable before the literal may hold a slash: `{+path}`, and every operator but the plain one. */
  readonly isWide: boolean;
  readonly literal: string;
}

/**
 * Compiles a template. Not a regular expression: templates come from servers, and this looks for each literal once, so
 * no template makes a match slow. A plain variable holds no slash.
 */
export function compileUriTemplate(template: string): UriTemplate {
  const first = template.indexOf('{');
  if (first === -1) return { literalPrefix: template, matches: (uri) => uri === template };
  const literalPrefix = template.slice(0, first);
  const pieces = piecesOf(template.slice(first));
  return {
    literalPrefix,
    matches: (uri) => uri.startsWith(literalPrefix) && matchPieces(pieces, uri, literalPrefix.length),
  };
}

function piecesOf(rest: string): readonly Piece[] {
  return rest
    .split('{')
    .slice(1)
    .map((part) => {
      const close = part.indexOf('}');
      const variable = close === -1 ? part : part.slice(0, close);
      return { isWide: !/^[A-Za-z0-9_]/.test(variable), literal: close === -1 ? '' : part.slice(close + 1) };
    });
}

function matchPieces(pieces: readonly Piece[], uri: string, start: number): boolean {
  let from = start;
  for (const [index, { isWide, literal }] of pieces.entries()) {
    // A plain variable stands for something: at least one character.
    const earliest = isWide ? from : from + 1;
    const isLast = index === pieces.length - 1;
    const at = isLast ? endingAt(uri, literal, earliest) : uri.indexOf(literal, earliest);
    if (at === -1) return false;
    if (!isWide && uri.slice(from, at).includes('/')) return false;
    from = at + literal.length;
  }
  return true;
}

/** Where a URI's closing literal begins; -1 when it does not end so, or begins before `earliest`. */
function endingAt(uri: string, literal: string, earliest: number): number {
  const at = uri.length - literal.length;
  return at >= earliest && uri.endsWith(literal) ? at : -1;
}
