import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import type { Bench } from '../bench.ts';
import { warmCommand } from '../fleet/fleet-command.ts';
import { prepareColdCopy } from '../fleet/prepare-cold-copy.ts';
import { runFleetOnce, type FleetRun } from '../fleet/run-fleet-once.ts';
import { findNoise } from '../measure/find-noise.ts';
import { createRow, type BenchRow } from '../report/bench-row.ts';
import { markNoisy, type AreaReport } from './area-report.ts';

const root = path.dirname(path.dirname(import.meta.dirname));
const megabyte = 1_000_000;

/** Measures the life of the whole demo fleet: start, memory, stop. */
export async function measureFleet(bench: Bench): Promise<AreaReport> {
  const { options, folder, say } = bench;
  // Read before the fleet runs: its own start is more than two cores can do at once.
  const loadAverage = loadavg()[0] ?? 0;
  const command = warmCommand(root, path.join(folder, 'fleet'));
  say('  first start, thrown away: it builds and makes the demo database');
  await runFleetOnce(command);
  const runs: FleetRun[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    const run = await runFleetOnce(command);
    say(`  ready in ${run.startSeconds.toFixed(1)} s, gone in ${run.stopSeconds.toFixed(1)} s`);
    runs.push(run);
  }
  const rows = [
    createRow({ name: 'fleet.start.warm', samples: runs.map(({ startSeconds }) => startSeconds) }),
    ...(options.isCold ? [await measureColdStart(bench)] : []),
    createRow({ name: 'fleet.rss', samples: runs.map(({ rssBytes }) => rssBytes / megabyte) }),
    createRow({
      name: 'fleet.supervisor.rss',
      samples: runs.map(({ supervisorRssBytes }) => supervisorRssBytes / megabyte),
    }),
    createRow({ name: 'fleet.stop', samples: runs.map(({ stopSeconds }) => stopSeconds) }),
  ];
  const noise = findNoise({ samples: [], rounds: options.rounds, loadAverage, cores: cpus().length });
  const leftOut = options.isCold ? [] : ['fleet.start.cold: it downloads every package. npm run bench -- fleet --cold'];
  return { rows: markNoisy(rows, noise), leftOut };
}

async function measureColdStart({ folder, say }: Bench): Promise<BenchRow> {
  say('  cold start from a copy of the working tree');
  const { startSeconds } = await runFleetOnce(await prepareColdCopy(root, path.join(folder, 'cold')));
  return createRow({ name: 'fleet.start.cold', samples: [startSeconds] });
}
