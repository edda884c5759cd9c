import path from 'node:path';
import { startProcess, type StartedProcess } from '@fairlead/testkit/parts';
import { freePort } from '@fairlead/testkit/waiting';

/** A process of this repository to start. */
export interface ServerStart {
  /** Folder below the root, such as `examples/notes`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly port: number;
}

/** Absolute path of the repository. */
const root = path.resolve(import.meta.dirname, '../../..');

/** Starts a server from its source, as `npm start` in its folder does, and waits until `/readyz` says that it serves. */
export async function startServer({ folder, environment, port }: ServerStart): Promise<StartedProcess> {
  const opsPort = await freePort();
  return await startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', 'src/main.ts'],
    cwd: path.join(root, folder),
    env: { ...environment, HOST: '127.0.0.1', PORT: String(port), OPS_PORT: String(opsPort), LOG_LEVEL: 'warn' },
    readyWhen: { answers: async () => (await fetch(`http://127.0.0.1:${opsPort}/readyz`)).ok },
  });
}
