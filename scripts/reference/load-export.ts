const root = new URL('../../', import.meta.url);

/**
 * Loads one named export of a source file, by its path from the repository's root. Services are programs, not
 * libraries, so they export nothing by package name.
 */
export async function loadExport(file: string, name: string): Promise<unknown> {
  const module: unknown = await import(new URL(file, root).href);
  const value: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, name) : undefined;
  if (value === undefined) throw new Error(`${file} exports no ${name}`);
  return value;
}

/** URL of a folder, by its path from the repository's root. */
export function rootFolder(path: string): URL {
  return new URL(`${path}/`, root);
}
