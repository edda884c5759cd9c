import { CliError } from '../cli-error.ts';
import { chooseKey, type KeyChoice } from '../fleet/choose-key.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { createMcpConnection } from '../mcp/mcp-connection.ts';
import { cliVersion } from '../version.ts';
import { fail, ok, type CheckResult } from './check-result.ts';

const answerWithinMs = 5_000;

/** Whether the gateway answers, and takes the key that commands would use: two lines, the second only after the first. */
export async function checkKey(fleet: Fleet, choice: KeyChoice): Promise<readonly CheckResult[]> {
  const answers = await fetch(fleet.mcp, { signal: AbortSignal.timeout(answerWithinMs) }).then(
    () => true,
    () => false,
  );
  if (!answers)
    return [
      fail('endpoint', `${fleet.url} does not answer`, fleet.dev === undefined ? 'check FAIRLEAD_URL' : 'npm start'),
    ];
  return [ok('endpoint', `${fleet.url} answers`), await tryKey(fleet, choice)];
}

async function tryKey(fleet: Fleet, choice: KeyChoice): Promise<CheckResult> {
  try {
    const connection = createMcpConnection({
      url: fleet.mcp,
      key: chooseKey(fleet, choice),
      version: cliVersion(),
      fetch,
    });
    await connection.request('server/discover', {}, { signal: AbortSignal.timeout(answerWithinMs) });
    return ok('key', 'accepted');
  } catch (error) {
    if (error instanceof CliError) return fail('key', error.message, error.fix);
    throw error;
  }
}
