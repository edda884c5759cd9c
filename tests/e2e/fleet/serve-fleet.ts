// Runs the shared fleet until standard input ends: a process of its own, so that the vitest that starts it needs to load
// nothing of ours, and so that the fleet ends in order also when that vitest was killed.
import { createRunFolder } from '@fairlead/testkit/waiting';
import { readGitStatus } from './read-git-status.ts';
import type { SharedFleet } from './shared-fleet.ts';
import { startBuiltFleet } from './start-fleet.ts';

const folder = await createRunFolder();
const before = await readGitStatus();
const fleet = await startBuiltFleet(folder.path);
const after = await readGitStatus();
const facts: SharedFleet = {
  stateFolder: fleet.stateFolder,
  output: fleet.output,
  gitStatus: before === undefined || after === undefined ? undefined : { before, after },
};
process.stdout.write(`${JSON.stringify(facts)}\n`);
process.stdin.resume().once('end', () => void end());

async function end(): Promise<void> {
  await fleet[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
}
