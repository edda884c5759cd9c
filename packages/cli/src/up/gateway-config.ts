import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { parseYaml } from '@fairlead/server-kit/identity';
import { demoRoles } from '@fairlead/testkit/demo';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import { withAbsoluteFiles } from './config-references.ts';
import { mergeConfig, type ConfigValue } from './merge-config.ts';

/** What the demo's own config is made of. */
export interface DemoConfigParts {
  readonly services: readonly { readonly name: string; readonly mcp: string }[];
  /** Absolute path of `keys.json`. */
  readonly keysFile: string;
}

/** Calls that one key may send, over all tools: far above a person's pace, low enough to stop a loop that ran away. */
const demoLimit = { rate: '600/m', burst: 120, per: 'principal' } as const;

/** The gateway's config of the demo fleet: its services as internal servers, the four roles, one limit. */
export function demoGatewayConfig({ services, keysFile }: DemoConfigParts): ConfigValue {
  return {
    apiVersion: 'fairlead.dev/v1',
    kind: 'GatewayConfig',
    servers: Object.fromEntries(
      services.map(({ name, mcp }) => [name, { url: mcp, owner: `${name}-team`, timeout: '60s', trust: 'internal' }]),
    ),
    identity: { keys: { from: { file: keysFile } } },
    roles: demoRoles,
    limits: [demoLimit],
    audit: { to: 'file', file: 'logs/audit.jsonl' },
  };
}

/**
 * Reads a config file, lays it over `base` (01 §3) and checks the whole. Relative files in it are made absolute.
 *
 * @throws CliError (usage) with file, line, path and reason of the first thing that is wrong.
 */
export function readGatewayConfig(file: string, base: ConfigValue): GatewayConfig {
  const folder = path.dirname(file);
  // Checked as merged, but by the lines of the file: what is wrong is found where it stands.
  const merged = z.unknown().transform((own) => mergeConfig(base, withAbsoluteFiles(own ?? {}, folder)));
  const result = parseYaml(readText(file), merged.pipe(gatewayConfig));
  if (result.ok) return result.value;
  const [problem] = result.problems;
  throw new CliError(
    exitCode.usage,
    `${file}:${problem?.line ?? 1}: ${problem?.path ?? ''} ${problem?.message ?? 'is not valid'}.`,
    {
      fix: `mend that line, then run fairlead doctor --config ${file}`,
    },
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new CliError(exitCode.usage, `${file} cannot be read.`, { fix: `ls -l ${file}`, cause: error });
  }
}
