/** Revisions of the protocol that the suite can test. */
export const revisions = ['2025-11-25', '2026-07-28'] as const;
export type Revision = (typeof revisions)[number];

/** Way from the suite to the fixture, or from the client under test to the suite's own servers (03 §6). */
export const lanes = ['L1', 'L2', 'L3', 'L4', 'client', 'client-gateway'] as const;
export type Lane = (typeof lanes)[number];

/** What stands at the end of a lane: a fixture, or a server of the suite when the client is under test. */
export const backends = ['server-kit', 'v1', 'suite'] as const;
export type Backend = (typeof backends)[number];

/** One cell of the table: one run of the suite. */
export interface Cell {
  readonly lane: Lane;
  readonly revision: Revision;
  readonly backend: Backend;
}

const serverLanes = ['L1', 'L2', 'L3', 'L4'] as const;
const fixtures = ['server-kit', 'v1'] as const;

/**
 * The cells in which a server is under test. Neighbours have different backends, so that two cells that run at the same
 * time seldom share a gateway. SDK v1 alone knows nothing of the newer revision: that cell does not exist.
 */
export const serverCells: readonly Cell[] = serverLanes
  .flatMap((lane) => revisions.flatMap((revision) => fixtures.map((backend): Cell => ({ lane, revision, backend }))))
  .filter(({ lane, revision, backend }) => !(lane === 'L1' && backend === 'v1' && revision === '2026-07-28'));

/** The cells in which a client is under test, directly and through a gateway. */
export const clientCells: readonly Cell[] = revisions.flatMap((revision) =>
  (['client', 'client-gateway'] as const).map((lane): Cell => ({ lane, revision, backend: 'suite' })),
);

/** The rule that a cell proves. */
export function ruleOf({ lane, revision, backend }: Cell): string {
  if (backend === 'suite') return 'CF-05';
  if (lane === 'L1') return 'CF-01';
  if (backend === 'server-kit') return 'CF-02';
  return revision === '2025-11-25' ? 'CF-03' : 'CF-04';
}
