import { z } from 'zod';
import type { TestGateway } from './start-test-gateway.ts';

const report = z.object({
  status: z.string(),
  degraded: z.array(z.object({ part: z.string(), reason: z.string(), effect: z.string() })).default([]),
});

/** An answer of `/readyz`. */
export interface Readiness extends z.infer<typeof report> {
  readonly text: string;
  readonly httpStatus: number;
}

/** Asks `/readyz` how a gateway is. */
export async function readReadiness({ opsUrl }: Pick<TestGateway, 'opsUrl'>): Promise<Readiness> {
  const response = await fetch(`${opsUrl}/readyz`);
  const text = await response.text();
  return { ...report.parse(JSON.parse(text)), text, httpStatus: response.status };
}
