import { problem } from '@fairlead/contracts';
import { CliError } from '../cli-error.ts';
import { exitCode, type ExitCode } from '../exit-code.ts';

/** Turns a refusal over plain HTTP into the CLI's own error: the gateway's words, and the exit code of 01 §3. */
export async function refusal(response: Response): Promise<CliError> {
  const words = await wordsOf(response);
  const code = exitCodeOf(response.status);
  const message = words ?? `${response.url || 'the gateway'} answered with status ${response.status}.`;
  return new CliError(code, message, { fix: fixes[code] ?? 'fairlead doctor' });
}

const fixes: Partial<Record<ExitCode, string>> = {
  [exitCode.usage]: 'fairlead help',
  [exitCode.notAuthenticated]: 'fairlead keys list, then use --key KEY or set FAIRLEAD_KEY',
  [exitCode.denied]: 'use --as ROLE or --key KEY of somebody who may',
};

function exitCodeOf(status: number): ExitCode {
  if (status === 401) return exitCode.notAuthenticated;
  if (status === 403 || status === 404) return exitCode.denied;
  return status >= 500 || status === 429 ? exitCode.unreachable : exitCode.usage;
}

/** What the answer says of itself: a problem document or a JSON-RPC error; nothing when it is neither. */
async function wordsOf(response: Response): Promise<string | undefined> {
  const body: unknown = await response.json().catch(() => undefined);
  const document = problem.safeParse(body);
  if (document.success) return document.data.detail ?? document.data.title;
  if (typeof body !== 'object' || body === null || !('error' in body)) return undefined;
  const { error } = body;
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : undefined;
}
