/** A claim that is a list of texts; undefined when it is anything else. */
export function readStrings(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every(isString) ? value : undefined;
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
