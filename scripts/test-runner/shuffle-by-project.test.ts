import { expect, test } from 'vitest';
import { shuffleByProject, type TestFile } from './shuffle-by-project.ts';

const files: readonly TestFile[] = ['data', 'gateway', 'aiml'].flatMap((name) =>
  Array.from({ length: 8 }, (_, index) => ({ moduleId: `/src/${index}.test.ts`, project: { name } })),
);

test('the files of a project stay together, and none is lost', () => {
  const names = shuffleByProject(files, 1).map((file) => file.project.name);

  const changes = names.filter((name, index) => name !== names[index - 1]);
  expect(changes.toSorted()).toEqual(['aiml', 'data', 'gateway']);
  expect(names).toHaveLength(files.length);
});

test('V-32 a seed gives one order, whatever order the files come in', () => {
  expect(shuffleByProject(files.toReversed(), 7)).toEqual(shuffleByProject(files, 7));
});

test('another seed gives another order of projects and of files', () => {
  const orders = Array.from({ length: 20 }, (_, seed) => shuffleByProject(files, seed));

  const projects = orders.map((order) => order[0]?.project.name);
  const first = orders.map((order) => order.find((file) => file.project.name === 'data')?.moduleId);
  expect(new Set(projects).size).toBe(3);
  expect(new Set(first).size).toBeGreaterThan(3);
});
