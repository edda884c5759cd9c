import path from 'node:path';
import { parseArgs } from 'node:util';
import { CliError } from '../cli-error.ts';
import { commonOptions, type CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { createBearerGuard, type BearerGuard } from './bearer-guard.ts';
import { childEnvironment } from './child-environment.ts';
import type { ChildCommand } from './stdio-child.ts';

/** What `fairlead bridge` was asked for. */
export interface BridgeOptions {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Absent: no ops port. */
  readonly opsPort: number | undefined;
  readonly sessionsMax: number;
  readonly idleMsMax: number;
  readonly child: ChildCommand;
  readonly bearerGuard: BearerGuard;
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly isJson: boolean;
}

const fix = 'fairlead bridge --port 7002 -- npx mcp-server-everything stdio';

/**
 * Reads the arguments: options before `--`, the server's command behind it.
 *
 * @throws CliError (usage) for what cannot be meant.
 */
export function parseBridgeOptions(
  argv: readonly string[],
  { env, cwd }: Pick<CommandContext, 'env' | 'cwd'>,
): BridgeOptions {
  const end = argv.indexOf('--');
  const [command, ...args] = end === -1 ? [] : argv.slice(end + 1);
  if (command === undefined) throw new CliError(exitCode.usage, 'say behind -- which server to run.', { fix });
  const { values } = parseArgs({
    args: argv.slice(0, end),
    options: {
      ...commonOptions,
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string' },
      'ops-port': { type: 'string' },
      name: { type: 'string' },
      env: { type: 'string', multiple: true, default: [] },
      'max-sessions': { type: 'string', default: '16' },
      'idle-minutes': { type: 'string', default: '30' },
    },
  });
  const opsPort = values['ops-port'];
  return {
    name: values.name ?? path.basename(command),
    host: values.host,
    port: wholeNumber('--port', values.port, { min: 0, max: 65_535 }),
    opsPort: opsPort === undefined ? undefined : wholeNumber('--ops-port', opsPort, { min: 0, max: 65_535 }),
    sessionsMax: wholeNumber('--max-sessions', values['max-sessions'], { min: 1, max: 1_000 }),
    idleMsMax: wholeNumber('--idle-minutes', values['idle-minutes'], { min: 1, max: 1_440 }) * 60_000,
    child: { command, args, cwd, env: childEnvironment(values.env, env) },
    bearerGuard: createBearerGuard(env['BRIDGE_TOKEN'], values.host),
    allowedHosts: commaSeparated(env['ALLOWED_HOSTS']),
    allowedOrigins: commaSeparated(env['ALLOWED_ORIGINS']),
    isJson: values.json,
  };
}

function wholeNumber(
  option: string,
  text: string | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): number {
  const value = /^\d{1,6}$/.test(text ?? '') ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new CliError(exitCode.usage, `${option} takes a whole number from ${min} to ${max}.`, { fix });
}

function commaSeparated(text = ''): readonly string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
