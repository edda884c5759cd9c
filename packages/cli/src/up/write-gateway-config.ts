import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { stringify } from 'yaml';
import { writeFileAtomically } from '../write-file-atomically.ts';
import { processUrls } from './process-urls.ts';
import type { ServiceEntry } from './service-catalog.ts';
import type { StateFolder } from './state-folder.ts';
import type { UpOptions } from './up-options.ts';
import type { ProcessPorts } from './fleet-ports.ts';
import { demoGatewayConfig, readGatewayConfig } from './gateway-config.ts';

const header = '# Written by `fairlead up` at each start. Change it through --config FILE, which is laid over it.\n';

/** What the gateway's config of a start is made of. */
export interface GatewayConfigParts {
  readonly options: Pick<UpOptions, 'configFile'>;
  readonly state: Pick<StateFolder, 'keys' | 'gatewayConfig'>;
  readonly services: readonly ServiceEntry[];
  readonly ports: ReadonlyMap<string, ProcessPorts>;
}

/**
 * Writes the gateway's config of this start: the demo's own, with the file of `--config` laid over it.
 *
 * @throws CliError (usage) when that file is not valid.
 */
export function writeGatewayConfig(plan: GatewayConfigParts): GatewayConfig {
  const services = plan.services.map(({ name }) => ({ name, mcp: processUrls(name, plan).mcp }));
  const own = demoGatewayConfig({ services, keysFile: plan.state.keys });
  const { configFile } = plan.options;
  const config = configFile === undefined ? gatewayConfig.parse(own) : readGatewayConfig(configFile, own);
  writeFileAtomically(plan.state.gatewayConfig, `${header}${stringify(config)}`, 0o600);
  return config;
}
