import { expect, test } from 'vitest';
import { readBaseline } from './baseline.ts';
import { clientCells, serverCells } from './cells.ts';

// A cell that does not exist never runs, so nobody would notice that its entry is stale.
test('CF-04: every entry of the baseline is about cells of the matrix', async () => {
  const cells = [...serverCells, ...clientCells].map(({ lane, revision, backend }) => `${lane} ${revision} ${backend}`);
  const named = (await readBaseline()).flatMap(({ lanes, revision, backend }) =>
    lanes.map((lane) => `${lane} ${revision} ${backend}`),
  );

  expect(named.filter((cell) => !cells.includes(cell))).toEqual([]);
});
