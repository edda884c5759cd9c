/** How a fleet is started. */
export interface FleetCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Starts the fleet of the working tree as `npm start` does, on free ports. */
export function warmCommand(root: string, stateFolder: string): FleetCommand {
  return {
    command: process.execPath,
    args: ['scripts/start.ts', '--port', '0', '--state', stateFolder],
    cwd: root,
    env: process.env,
  };
}
