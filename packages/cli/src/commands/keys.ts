import { parseArgs } from 'node:util';
import { keyRecord } from '@fairlead/contracts';
import { z } from 'zod';
import { openAdminApi, type AdminApi } from '../api/admin-api.ts';
import { CliError } from '../cli-error.ts';
import { fleetOptions, type Command, type CommandContext } from '../command.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';

const help = `fairlead keys list [--json]
fairlead keys create <name> --role ROLE [--role ROLE] [--tenant NAME] [--expires WHEN] [--json]
fairlead keys revoke <id> [--json]

Needs a key that may manage keys: the demo key admin on a local fleet, else --key KEY or FAIRLEAD_KEY. A new key is
shown once. WHEN is a time such as 2027-01-31T00:00:00Z, or a length of time from now: 12h, 30d.`;

/** A key as the gateway lists it: its record without the hash. Fields that a later gateway adds survive. */
const listedKey = z.looseObject(keyRecord.omit({ hash: true }).shape);
const keyList = z.looseObject({ keys: z.array(listedKey) });
const createdKey = z.looseObject({ id: z.string(), key: z.string() });
const actions = { list: listKeys, create: createKey, revoke: revokeKey } as const;

interface KeyCommand {
  readonly target: string | undefined;
  readonly values: {
    readonly json: boolean;
    readonly role: readonly string[];
    readonly tenant?: string | undefined;
    readonly expires?: string | undefined;
  };
  readonly api: AdminApi;
  readonly output: CommandContext['output'];
}

/** `fairlead keys`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        ...fleetOptions,
        role: { type: 'string', multiple: true, default: [] },
        tenant: { type: 'string' },
        expires: { type: 'string' },
      },
    });
    const [action, target] = positionals;
    if (action !== 'list' && action !== 'create' && action !== 'revoke') {
      throw new CliError(exitCode.usage, 'say what to do: list, create or revoke.', { fix: 'fairlead keys list' });
    }
    return await actions[action]({ target, values, api: openAdminApi(values, context), output: context.output });
  },
};

async function listKeys({ values, api, output }: KeyCommand): Promise<ExitCode> {
  const { keys } = keyList.parse(await api.send('GET', '/keys'));

  if (values.json) output.json(keys);
  else
    for (const key of keys)
      output.line(`${key.id}  ${stateOf(key).padEnd(8)}  ${key.roles.join(',').padEnd(12)}  ${key.name}`);
  return exitCode.ok;
}

function stateOf(key: z.infer<typeof listedKey>): string {
  if (key.revokedAt !== undefined) return 'revoked';
  return key.expiresAt !== undefined && Date.parse(key.expiresAt) <= Date.now() ? 'expired' : 'active';
}

async function createKey({ target: name, values, api, output }: KeyCommand): Promise<ExitCode> {
  if (name === undefined || values.role.length === 0) {
    throw new CliError(exitCode.usage, 'a key needs a name and at least one role.', {
      fix: 'fairlead keys create my-key --role viewer',
    });
  }
  const expiresAt = values.expires === undefined ? undefined : expiryOf(values.expires, new Date());
  const made = createdKey.parse(
    await api.send('POST', '/keys', { name, roles: values.role, tenant: values.tenant, expiresAt }),
  );

  if (values.json) {
    output.json(made);
  } else {
    output.line(made.key);
    output.note(`fairlead: key ${made.id} is made. It is shown once and stored as a hash only.`);
  }
  return exitCode.ok;
}

async function revokeKey({ target: id, values, api, output }: KeyCommand): Promise<ExitCode> {
  if (id === undefined) throw new CliError(exitCode.usage, 'say which key to revoke.', { fix: 'fairlead keys list' });
  await api.send('DELETE', `/keys/${encodeURIComponent(id)}`);

  if (values.json) output.json({ id, status: 'revoked' });
  else output.line(`${id} is revoked`);
  return exitCode.ok;
}

const unitMs = { h: 3_600_000, d: 86_400_000 } as const;

/**
 * The time at which a key ends: RFC 3339, or a number of hours or days from `now`.
 *
 * @throws CliError (usage) for anything else, and for a time that is over.
 */
export function expiryOf(text: string, now: Date): string {
  const length = /^([1-9][0-9]{0,4})([hd])$/.exec(text);
  const unit = length?.[2] === 'h' ? unitMs.h : unitMs.d;
  const time = length === null ? Date.parse(text) : now.getTime() + Number(length[1]) * unit;
  if (time > now.getTime()) return new Date(time).toISOString();
  throw new CliError(exitCode.usage, `--expires ${text} is not a time to come.`, { fix: 'use --expires 30d' });
}
