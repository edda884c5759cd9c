import { z } from 'zod';
import { fail, ok, type CheckResult } from './check-result.ts';

const answerWithinMs = 2_000;
const degradedPart = z.looseObject({ part: z.string() });
const readiness = z.looseObject({ degraded: z.array(degradedPart).optional() });

/** One running service: its name, its ops address, and where its log lies. */
export interface ServiceUnderCheck {
  readonly name: string;
  readonly ops: string;
  readonly log: string;
}

/** Whether a service is ready; a part that only degrades it is named. */
export async function checkService({ name, ops, log }: ServiceUnderCheck): Promise<CheckResult> {
  const response = await fetch(`${ops}/readyz`, { signal: AbortSignal.timeout(answerWithinMs) }).catch(() => undefined);
  if (response === undefined) return fail(name, `${ops} does not answer`, `tail ${log}`);
  const text = await response.text();
  if (!response.ok) return fail(name, `is not ready: ${text.trim()}`, `tail ${log}`);
  const parts = readiness.safeParse(parseJson(text)).data?.degraded?.map(({ part }) => part) ?? [];
  return ok(name, parts.length === 0 ? 'ready' : `ready, without ${parts.join(', ')}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
