const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const relative = /^now(?:-(?<count>\d{1,6})(?<unit>[smhd]))?$/;

const absolute = /^(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})T(?<hour>\d{2}):(?<minute>\d{2}):(?<second>\d{2})/;

/**
 * Resolves a time of the type `time` (05 §2): RFC 3339, `now`, or `now-15m` (s, m, h, d). Times before 1970 become
 * 1970, which no record of an outside system precedes.
 *
 * @returns `undefined` for a text of the right form that names no time, such as February 30th.
 */
export function resolveTime(text: string, now: Date): Date | undefined {
  const ago = relative.exec(text)?.groups;
  if (ago) return atLeastEpoch(now.getTime() - Number(ago['count'] ?? 0) * (unitMs[ago['unit'] ?? 's'] ?? 0));
  return isOnCalendar(text) ? atLeastEpoch(Date.parse(text)) : undefined;
}

function atLeastEpoch(timeMs: number): Date | undefined {
  return Number.isNaN(timeMs) ? undefined : new Date(Math.max(0, timeMs));
}

/** `Date.parse` rolls February 30th over into March; a filter that silently moves would answer another question. */
function isOnCalendar(text: string): boolean {
  const parts = absolute.exec(text)?.groups;
  if (!parts) return false;
  const day = Number(parts['day']);
  const lastOfMonth = new Date(Date.UTC(Number(parts['year']), Number(parts['month']), 0)).getUTCDate();
  return day >= 1 && day <= lastOfMonth;
}
