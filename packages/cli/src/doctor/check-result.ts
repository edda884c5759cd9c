/** What a check of `fairlead doctor` found. Every failure says its mend. */
export type CheckResult =
  | { readonly name: string; readonly status: 'ok'; readonly detail: string }
  | { readonly name: string; readonly status: 'fail'; readonly detail: string; readonly fix: string };

/** A check that found nothing wrong. */
export function ok(name: string, detail: string): CheckResult {
  return { name, status: 'ok', detail };
}

/** A check that found something, and what mends it. */
export function fail(name: string, detail: string, fix: string): CheckResult {
  return { name, status: 'fail', detail, fix };
}
