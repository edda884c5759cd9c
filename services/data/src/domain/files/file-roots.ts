/** A folder that callers may read, under the name that they use for it. */
export interface FileRoot {
  readonly id: string;
  readonly path: string;
}

const rootEntry = /^(?<id>[a-z][a-z0-9_-]{0,31})=(?<path>.+)$/;

/**
 * Reads `docs=./docs,data=/srv/data`.
 *
 * @throws Error that names the entry when it is not `id=path` or its id is there twice.
 */
export function parseFileRoots(text: string): readonly FileRoot[] {
  const roots = text.split(',').map((entry) => parseRoot(entry.trim()));
  const twice = roots.find((root, index) => roots.findIndex((other) => other.id === root.id) !== index);
  if (twice !== undefined) throw new Error(`the root ${twice.id} is there twice`);
  return roots;
}

function parseRoot(entry: string): FileRoot {
  const { id, path } = rootEntry.exec(entry)?.groups ?? {};
  if (id === undefined || path === undefined) {
    throw new Error(`"${entry}" is not id=path with an id of lower case letters, digits, _ and -, such as docs=./docs`);
  }
  return { id, path };
}
