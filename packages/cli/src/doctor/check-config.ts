import { CliError } from '../cli-error.ts';
import { readGatewayConfig } from '../up/gateway-config.ts';
import { fail, ok, type CheckResult } from './check-result.ts';

/** Whether a gateway config file is valid as it stands, after it was laid over `base`. */
export function checkConfig(file: string, base: unknown): CheckResult {
  try {
    readGatewayConfig(file, base);
    return ok('config', file);
  } catch (error) {
    if (error instanceof CliError) return fail('config', error.message, error.fix);
    throw error;
  }
}
