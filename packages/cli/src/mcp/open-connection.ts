import type { CommandContext } from '../command.ts';
import { chooseKey, type KeyChoice } from '../fleet/choose-key.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import { cliVersion } from '../version.ts';
import { createMcpConnection, type McpConnection } from './mcp-connection.ts';

/** Connects to the fleet and with the key that a command's options name. */
export function openConnection(
  values: KeyChoice & { readonly fleet?: string | undefined },
  context: CommandContext,
): McpConnection {
  const fleet = findFleet(values.fleet, context);
  return createMcpConnection({ url: fleet.mcp, key: chooseKey(fleet, values), version: cliVersion(), fetch });
}
