import type { Redactor } from './redactor.ts';

/** Field names whose whole value is a credential. */
const secretField = /(?:password|passwd|secret|token|api[-_]?key|authorization|cookie)$/i;

const mask = '***';

/**
 * Makes the last step of the log: takes a finished JSON line and gives it back without secrets. A line in which the
 * redactor finds nothing goes out as it is; any other is parsed, and each text in it is redacted by itself, because a
 * replacement in raw JSON could swallow a closing quote.
 */
export function createLineRedactor(redact: Redactor): (line: string) => string {
  return function redactLine(line) {
    if (redact(line) === line) return line;
    const record: unknown = JSON.parse(line);
    return `${JSON.stringify(redactValue(record, redact))}\n`;
  };
}

function redactValue(value: unknown, redact: Redactor): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redact(key), redactField(key, item, redact)]));
}

function redactField(key: string, value: unknown, redact: Redactor): unknown {
  return typeof value === 'string' && secretField.test(key) ? mask : redactValue(value, redact);
}
