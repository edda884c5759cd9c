/** A URI template of simple (`{name}`) and rest (`{+path}`) variables: the two forms that resources use (RFC 6570 levels 1 and 2). */
export interface UriTemplate {
  readonly text: string;
  /** Names of the variables, in order; none for a fixed URI. */
  readonly variables: readonly string[];
  /** Values of the variables, percent-decoded once (06 S-32); `undefined` when the URI is of another form. */
  match(uri: string): Readonly<Record<string, string>> | undefined;
}

type Part = { readonly literal: string } | { readonly variable: string; readonly takesSlashes: boolean };

/**
 * Compiles a template.
 *
 * @throws Error for any other form of expression, and for two variables without text between them.
 */
export function compileUriTemplate(text: string): UriTemplate {
  const parts = partsOf(text);
  return {
    text,
    variables: parts.flatMap((part) => ('variable' in part ? [part.variable] : [])),
    match: (uri) => matchParts(parts, uri),
  };
}

function partsOf(text: string): readonly Part[] {
  const parts = text
    .split(/(\{[^{}]*\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (piece.startsWith('{') ? variablePart(piece, text) : { literal: piece }));
  parts.forEach((part, index) => {
    const next = parts[index + 1];
    if ('variable' in part && next !== undefined && 'variable' in next)
      throw new Error(`${text}: two variables need text between them`);
  });
  return parts;
}

function variablePart(piece: string, text: string): Part {
  const name = /^\{(\+?)([a-zA-Z_][a-zA-Z0-9_]*)\}$/.exec(piece);
  if (name?.[2] === undefined) throw new Error(`${text}: ${piece} is neither {name} nor {+name}`);
  return { variable: name[2], takesSlashes: name[1] === '+' };
}

function matchParts(parts: readonly Part[], uri: string): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = {};
  let rest = uri;
  for (const [index, part] of parts.entries()) {
    if ('literal' in part) {
      if (!rest.startsWith(part.literal)) return undefined;
      rest = rest.slice(part.literal.length);
      continue;
    }
    const raw = takeValue(rest, part.takesSlashes, parts[index + 1]);
    const value = raw === undefined ? undefined : decodeOnce(raw);
    if (raw === undefined || value === undefined) return undefined;
    values[part.variable] = value;
    rest = rest.slice(raw.length);
  }
  return rest === '' ? values : undefined;
}

function takeValue(rest: string, takesSlashes: boolean, next: Part | undefined): string | undefined {
  const end = next !== undefined && 'literal' in next ? rest.indexOf(next.literal, 1) : rest.length;
  if (end < 1) return undefined;
  const raw = rest.slice(0, end);
  return takesSlashes || !raw.includes('/') ? raw : undefined;
}

function decodeOnce(raw: string): string | undefined {
  try {
    return decodeURIComponent(raw);
  } catch {
    return undefined;
  }
}
