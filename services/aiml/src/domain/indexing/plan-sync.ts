/** What bringing a source in step would delete. */
export type SyncPlan =
  | { readonly kind: 'ok'; readonly unlisted: readonly string[] }
  | { readonly kind: 'too-large'; readonly unlisted: number; readonly stored: number };

/** Share of a source above which a deletion is more likely a mistake than a wish (07 A-12). */
const massDeleteShare = 0.2;

/** Finds stored documents of a source that are no longer listed; refuses when they are over a fifth of the source. */
export function planSync(stored: readonly string[], listed: ReadonlySet<string>, allowMassDelete: boolean): SyncPlan {
  const unlisted = stored.filter((id) => !listed.has(id));
  const isTooLarge = unlisted.length > stored.length * massDeleteShare;
  if (isTooLarge && !allowMassDelete) return { kind: 'too-large', unlisted: unlisted.length, stored: stored.length };
  return { kind: 'ok', unlisted };
}
