/** A value in the parser's tree. */
export type TreeValue = string | number | boolean | null | TreeNode | readonly TreeValue[];

/**
 * An object in the parser's tree. A key that begins with a capital letter is the tag of a node (`{ SelectStmt: {...} }`);
 * every other key is a field. Some fields hold a node without its tag (`larg`, `withClause`, `typeName`).
 */
export interface TreeNode {
  readonly [key: string]: TreeValue;
}

/** Whether a value is an object of the tree. */
export function isNode(value: TreeValue | undefined): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of a list field; an absent field is an empty list. */
export function itemsOf(value: TreeValue | undefined): readonly TreeValue[] {
  return Array.isArray(value) ? value : [];
}

/** The node under `tag` in a tagged object. */
export function taggedNode(value: TreeValue | undefined, tag: string): TreeNode | undefined {
  if (!isNode(value)) return undefined;
  const node = value[tag];
  return isNode(node) ? node : undefined;
}

/** A text field. */
export function textOf(value: TreeValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A text field that names something; empty when it is absent, which is the name of nothing. */
export function nameOf(value: TreeValue | undefined): string {
  return textOf(value) ?? '';
}

/**
 * The parts of a possibly qualified name, such as `[schema, name]`. The parser has already unquoted, folded and decoded
 * them (`U&"\0066"` is `f` here), so they compare as Postgres compares them. A part that is no text reads as empty and
 * matches nothing.
 */
export function nameParts(value: TreeValue | undefined): readonly string[] {
  return itemsOf(value).map((item) => nameOf(taggedNode(item, 'String')?.['sval']));
}
