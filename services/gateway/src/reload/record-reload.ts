import { newTraceId } from '@fairlead/server-kit/runtime';
import type { AuditLog } from '../audit/audit-log.ts';
import type { ReloadReport } from './config-reloader.ts';

/** Writes a config load down: it decides about every call after it, and a refused one all the more (04 G-67). */
export function recordReload(audit: Pick<AuditLog, 'append'>, { trigger, outcome, code, ms }: ReloadReport): void {
  const isLoaded = outcome === 'loaded';
  audit.append({
    traceId: newTraceId(),
    principal: undefined,
    address: undefined,
    method: 'config/reload',
    decision: { outcome: isLoaded ? 'allow' : 'invalid', rule: trigger, code },
    outcome: isLoaded ? 'ok' : 'refused',
    code,
    ms,
    bytes: 0,
  });
}
