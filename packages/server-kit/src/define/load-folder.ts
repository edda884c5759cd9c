import { readdir } from 'node:fs/promises';
import { promptBrand, type Prompt } from './prompt.ts';
import { resourceBrand, type Resource } from './resource.ts';
import { toolBrand, type Tool } from './tool.ts';

const MODULE = /^[a-z0-9][a-z0-9-]*\.(ts|js)$/;

/**
 * Loads every tool of a folder: the folder is the registry (01 §2.4). In name order; tests and declarations are left out.
 *
 * @throws Error when a module exports no `tool`, or two tools have one name.
 */
export async function loadTools<Deps>(folder: URL): Promise<readonly Tool<Deps>[]> {
  return uniqueByName(await loadFolder<Tool<Deps>>(folder, 'tool', toolBrand));
}

/** Loads every resource family of a folder; same rules as `loadTools`. */
export async function loadResources<Deps>(folder: URL): Promise<readonly Resource<Deps>[]> {
  return uniqueByName(await loadFolder<Resource<Deps>>(folder, 'resource', resourceBrand));
}

/** Loads every prompt of a folder; same rules as `loadTools`. */
export async function loadPrompts<Deps>(folder: URL): Promise<readonly Prompt<Deps>[]> {
  return uniqueByName(await loadFolder<Prompt<Deps>>(folder, 'prompt', promptBrand));
}

async function loadFolder<Item>(folder: URL, exportName: string, brand: symbol): Promise<Item[]> {
  const names = (await readdir(folder)).filter((name) => MODULE.test(name)).toSorted();
  const items: Item[] = [];
  for (const name of names) {
    const module: unknown = await import(new URL(name, folder).href);
    // The one narrowing of this module: the brand is set by the factory alone.
    items.push(brandedExport(module, { exportName, brand, file: name }) as Item);
  }
  return items;
}

function brandedExport(module: unknown, wanted: { exportName: string; brand: symbol; file: string }): object {
  const { exportName, brand, file } = wanted;
  const value: unknown = typeof module === 'object' && module !== null ? Reflect.get(module, exportName) : undefined;
  if (typeof value !== 'object' || value === null || !(brand in value)) {
    throw new Error(`${file}: exports no \`${exportName}\` made by the service's own factory`);
  }
  return value;
}

function uniqueByName<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  const seen = new Set<string>();
  for (const { name } of items) {
    if (seen.has(name)) throw new Error(`${name} is defined twice`);
    seen.add(name);
  }
  return items;
}
