import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { cpuMicrosOfProcessTree } from './cpu-of-process-tree.ts';
import { readProcessTree, stillRunning } from './process-tree.ts';
import { rssBytesOfProcessTree } from './rss-of-process-tree.ts';

// The child leaves its parent's process group, as the services of a fleet do.
const grandparent = `
  const { spawn } = require('node:child_process');
  const busy = 'const end = Date.now() + 300; while (Date.now() < end); console.log("done"); setInterval(() => {}, 1000)';
  const child = spawn(process.execPath, ['-e', busy], { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  process.on('SIGTERM', () => { child.kill('SIGKILL'); child.once('exit', () => process.exit()); });
`;

test.skipIf(process.platform !== 'linux')(
  'counts the time and memory of a child in another process group',
  async () => {
    const started = spawn(process.execPath, ['-e', grandparent], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = started.pid ?? 0;
    await once(started.stdout, 'data');

    const tree = readProcessTree(pid);
    const cpuMicros = cpuMicrosOfProcessTree(pid);
    const rssBytes = rssBytesOfProcessTree(pid);
    started.kill('SIGTERM');
    await once(started, 'exit');

    expect(tree.map(({ parentPid }) => parentPid)).toEqual([process.pid, pid]);
    // The child alone was busy for 0.3 s; on a host where it had to wait for its core, for less.
    expect(cpuMicros).toBeGreaterThanOrEqual(50_000);
    // Two processes of Node: one alone holds about 40 MB.
    expect(rssBytes).toBeGreaterThan(60_000_000);
    expect(stillRunning(tree)).toEqual([]);
  },
);
