import { z } from 'zod';

/** The one line that a subject prints when it listens. */
export const readyLine = z.strictObject({
  /** Where calls go. */
  url: z.url(),
  /** Credential that the subject asks for; absent: none. */
  key: z.string().optional(),
});
export type ReadyLine = z.infer<typeof readyLine>;

/** Tells the benchmark, on standard output, that this process takes calls. */
export function announceReady(line: ReadyLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
