import { createHash } from 'node:crypto';

/** What the order of a test file is taken from: a `TestSpecification` of vitest has it. */
export interface TestFile {
  readonly moduleId: string;
  readonly project: { readonly name: string };
}

/**
 * Shuffles the projects, and the files within each; the same seed gives the same order. The files of a project stay
 * together: a worker serves one project, and a file of another one costs a new worker, which loads every module again.
 */
export function shuffleByProject<File extends TestFile>(files: readonly File[], seed: number): File[] {
  const shuffled = files.toSorted(byHash((file) => `${seed} ${file.project.name} ${file.moduleId}`));
  const projects = Map.groupBy(shuffled, (file) => file.project.name);
  return [...projects.values()].flat();
}

function byHash<Item>(keyOf: (item: Item) => string): (one: Item, other: Item) => number {
  const hash = (item: Item): string => createHash('sha256').update(keyOf(item)).digest('hex');
  return (one, other) => (hash(one) < hash(other) ? -1 : 1);
}
