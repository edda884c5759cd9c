import path from 'node:path';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { commonOptions } from '../command.ts';
import { exitCode } from '../exit-code.ts';

/** What `fairlead up` was asked to do. */
export interface UpOptions {
  /** Absolute path of the config that is laid over the demo's own; absent: the demo's own alone. */
  readonly configFile?: string;
  /** Port of the gateway; 0: free ports for everything. */
  readonly port: number;
  /** Absolute path of the state folder. */
  readonly stateFolder: string;
  /** Services to start beside the gateway; absent: all. */
  readonly only?: readonly string[];
  readonly isDetached: boolean;
  /** Services run from source and restart when it changes. */
  readonly watchesSource: boolean;
  readonly isJson: boolean;
}

const gatewayPortDefault = 8_080;
const portMax = 65_535;

/**
 * Reads the arguments of `fairlead up`. Relative paths are relative to `cwd`; the state folder is `.fairlead` in the
 * repository unless given.
 *
 * @throws CliError (usage) for a port that is none; TypeError of `node:util` for an unknown option.
 */
export function parseUpOptions(argv: readonly string[], { cwd, root }: { cwd: string; root: string }): UpOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...commonOptions,
      config: { type: 'string' },
      port: { type: 'string' },
      state: { type: 'string' },
      only: { type: 'string' },
      detach: { type: 'boolean', default: false },
      watch: { type: 'boolean', default: false },
    },
  });
  return {
    ...(values.config === undefined ? {} : { configFile: path.resolve(cwd, values.config) }),
    port: values.port === undefined ? gatewayPortDefault : toPort(values.port),
    stateFolder: values.state === undefined ? path.join(root, '.fairlead') : path.resolve(cwd, values.state),
    ...(values.only === undefined ? {} : { only: values.only.split(',').filter((name) => name !== '') }),
    isDetached: values.detach,
    watchesSource: values.watch,
    isJson: values.json,
  };
}

/**
 * Reads a port number; 0 is one.
 *
 * @throws CliError (usage) for anything else.
 */
export function toPort(text: string): number {
  const port = Number(text);
  if (/^[0-9]{1,5}$/.test(text) && port <= portMax) return port;
  throw new CliError(exitCode.usage, `--port ${text} is not a port (0 to ${portMax}).`, {
    fix: 'use --port 0 for free ports',
  });
}
