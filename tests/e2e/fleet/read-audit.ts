import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { auditEvent, type AuditEvent } from '@fairlead/contracts';

/** The text of a fleet's audit log. */
export async function readAuditText(stateFolder: string): Promise<string> {
  return await readFile(path.join(stateFolder, 'logs', 'audit.jsonl'), 'utf8');
}

/**
 * The audit log, oldest first. A line that is being written is left out.
 *
 * @throws ZodError when a line is no audit event.
 */
export async function readAudit(stateFolder: string): Promise<readonly AuditEvent[]> {
  const lines = (await readAuditText(stateFolder)).split('\n').slice(0, -1);
  return lines.map((line) => auditEvent.parse(JSON.parse(line)));
}
