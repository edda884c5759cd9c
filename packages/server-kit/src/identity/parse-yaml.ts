import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { formatPath } from './format-path.ts';

/** What is wrong in a YAML text, and where. Lines and columns count from 1. */
export interface YamlProblem {
  /** Such as `roles.analyst.allow[0]`; `(root)` for the whole text. */
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** A checked value, or every problem that was found. */
export type YamlResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

/** More aliases than any honest config has; far fewer than a text that grows a thousandfold needs. */
const aliasesMax = 20;

/**
 * Parses a YAML text and checks it by a schema. A key twice in one map is refused, and so is a text with more than 20
 * uses of aliases. Every problem names its path, line and column.
 */
export function parseYaml<Schema extends z.ZodType>(text: string, schema: Schema): YamlResult<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { uniqueKeys: true, lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return refused(document.errors.map(({ pos, message }) => problemAt(lines, pos[0], { path: [], message })));
  }
  const plain = toPlain(document);
  if (!plain.ok) return refused([problemAt(lines, 0, { path: [], message: plain.message })]);
  const parsed = schema.safeParse(plain.value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return refused(
    parsed.error.issues.flatMap(spread).map((issue) => problemAt(lines, offsetOf(document, issue.path), issue)),
  );
}

interface Issue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

function toPlain(document: Document): { ok: true; value: unknown } | { ok: false; message: string } {
  try {
    return { ok: true, value: document.toJS({ maxAliasCount: aliasesMax }) };
  } catch (error) {
    if (error instanceof ReferenceError) return { ok: false, message: 'uses too many aliases' };
    throw error;
  }
}

/** Zod reports unknown keys at their map; a reader looks for the key itself. */
function spread(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not a known key' }));
}

function problemAt(lines: LineCounter, offset: number, { path, message }: Issue): YamlProblem {
  const { line, col } = lines.linePos(offset);
  return { path: formatPath(path), line: Math.max(1, line), column: Math.max(1, col), message };
}

/** Where the field begins; a field that is not there is placed where the nearest one around it begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth -= 1) {
    const offset = childOffset(document.getIn(path.slice(0, depth - 1), true), path[depth - 1]);
    if (offset !== undefined) return offset;
  }
  return 0;
}

function childOffset(parent: unknown, step: PropertyKey | undefined): number | undefined {
  if (isMap(parent)) {
    const key = parent.items.map((pair) => pair.key).find((node) => isScalar(node) && String(node.value) === step);
    return isScalar(key) ? key.range?.[0] : undefined;
  }
  const item = isSeq(parent) && typeof step === 'number' ? parent.items[step] : undefined;
  return isNode(item) ? item.range?.[0] : undefined;
}

function refused(problems: readonly YamlProblem[]): { readonly ok: false; readonly problems: readonly YamlProblem[] } {
  return { ok: false, problems };
}
