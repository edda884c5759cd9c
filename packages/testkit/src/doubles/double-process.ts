import { z } from 'zod';
import type { DoubleReadyLine } from './double-ready-line.ts';
import type { Double } from './double.ts';
import { startGithubDouble } from './github-double.ts';
import { startSlackDouble } from './slack-double.ts';

interface RunningDouble {
  readonly double: Double;
  readonly line: DoubleReadyLine;
}

async function startDouble(service: 'github' | 'slack', port: number): Promise<RunningDouble> {
  if (service === 'github') {
    const double = await startGithubDouble({ port });
    const { url, apiUrl, token, repositories } = double;
    return { double, line: { ready: true, service, url, apiUrl, token, repositories: [...repositories] } };
  }
  const double = await startSlackDouble({ port });
  const { url, apiUrl, token } = double;
  return { double, line: { ready: true, service, url, apiUrl, token, channels: { ...(await double.channels()) } } };
}

const programArguments = z.tuple([z.enum(['github', 'slack']), z.coerce.number().int().min(0).max(65_535).default(0)]);

const parsed = programArguments.safeParse(process.argv.slice(2));
if (!parsed.success) {
  process.stderr.write('usage: double-process github|slack [port]\n');
  process.exit(1);
}
const { double, line } = await startDouble(...parsed.data);

async function stop(): Promise<void> {
  await double.stop();
  // A sender's idle connection must not keep the process.
  process.exit(0);
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
process.once('disconnect', () => void stop());
process.stdout.write(`${JSON.stringify(line)}\n`);
