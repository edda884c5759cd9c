import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { stringify } from 'yaml';
import { writeFileAtomically } from '../write-file-atomically.ts';
import { processUrls, type FleetPlan } from './fleet-plan.ts';
import { demoGatewayConfig, readGatewayConfig } from './gateway-config.ts';

const header = '# Written by `fairlead up` at each start. Change it through --config FILE, which is laid over it.\n';

/**
 * Writes the gateway's config of this start: the demo's own, with the file of `--config` laid over it.
 *
 * @throws CliError (usage) when that file is not valid.
 */
export function writeGatewayConfig(plan: FleetPlan): GatewayConfig {
  const services = plan.services.map(({ name }) => ({ name, mcp: processUrls(name, plan).mcp }));
  const own = demoGatewayConfig({ services, keysFile: plan.state.keys });
  const { configFile } = plan.options;
  const config = configFile === undefined ? gatewayConfig.parse(own) : readGatewayConfig(configFile, own);
  writeFileAtomically(plan.state.gatewayConfig, `${header}${stringify(config)}`, 0o600);
  return config;
}
