import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Unavailable } from '@fairlead/server-kit/runtime';

/** A part that a machine may lack. */
export type PartName = 'nginx' | 'live-github' | 'live-slack';

/** Whether a part is here; where it is not, why, and what to do about it. */
export type PartProbe =
  | { readonly name: PartName; readonly isHere: true; readonly detail: string }
  | { readonly name: PartName; readonly isHere: false; readonly reason: string; readonly mend: string };

/** What a probe reads of the machine. */
export interface ProbeOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
}

type Probe = (options: ProbeOptions) => Promise<PartProbe>;

const probes: Readonly<Record<PartName, Probe>> = {
  nginx: ({ env }) => probeProgram('nginx', { env, args: ['-v'], mend: 'apt-get install nginx' }),
  'live-github': (options) => probeToken('live-github', { ...options, variable: 'FAIRLEAD_LIVE_GITHUB_TOKEN' }),
  'live-slack': (options) => probeToken('live-slack', { ...options, variable: 'FAIRLEAD_LIVE_SLACK_TOKEN' }),
};

/** All parts that a test or a benchmark may skip for. */
export const partNames: readonly PartName[] = ['nginx', 'live-github', 'live-slack'];

/**
 * Asks whether a part is on this machine by trying it, never by the name of the system (09 V-05).
 *
 * @throws Unavailable `PART_MISSING` when the part is absent and `FAIRLEAD_REQUIRE` (a comma list) names it: a machine
 * that promises a part must not skip its tests.
 */
export async function probePart(name: PartName, options: ProbeOptions): Promise<PartProbe> {
  const probe = await probes[name](options);
  if (probe.isHere || !requiredParts(options).includes(name)) return probe;
  throw new Unavailable('PART_MISSING', {
    publicMessage: `FAIRLEAD_REQUIRE names ${name}, and it is not here: ${probe.reason}. ${probe.mend}.`,
    retryable: false,
  });
}

function requiredParts({ env }: ProbeOptions): readonly string[] {
  return (env['FAIRLEAD_REQUIRE'] ?? '').split(',').map((name) => name.trim());
}

interface ProgramProbe extends ProbeOptions {
  readonly args: readonly string[];
  readonly mend: string;
}

async function probeProgram(name: PartName, { env, args, mend }: ProgramProbe): Promise<PartProbe> {
  try {
    const { stdout, stderr } = await promisify(execFile)(name, args, { env: { ...env }, timeout: 5_000 });
    return { name, isHere: true, detail: (stdout || stderr).trim() };
  } catch (error) {
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { name, isHere: false, reason: isAbsent ? `${name} not found on PATH` : `${name} does not run`, mend };
  }
}

interface TokenProbe extends ProbeOptions {
  readonly variable: string;
}

async function probeToken(name: PartName, { env, variable }: TokenProbe): Promise<PartProbe> {
  const isSet = (env[variable] ?? '') !== '';
  if (isSet) return { name, isHere: true, detail: `${variable} is set` };
  return { name, isHere: false, reason: `${variable} is not set`, mend: `set ${variable} to a token that may read` };
}
