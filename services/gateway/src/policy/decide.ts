import type { Principal } from '@fairlead/contracts';
import type { CatalogItem } from '../catalog/item.ts';
import type { Snapshot } from '../catalog/snapshot.ts';

/** What a decision is about. */
export type Subject =
  /** A tool or a prompt, a listed resource or a template. */
  | { readonly kind: 'item'; readonly item: CatalogItem }
  /** One URI of a server; `item` is the listed resource or the template that it comes from. */
  | { readonly kind: 'uri'; readonly server: string; readonly uri: string; readonly item: CatalogItem | undefined }
  /** A method of a server that names none of its items: only who holds the server as a whole may use it. */
  | { readonly kind: 'server'; readonly server: string }
  /** A part of the admin API. */
  | { readonly kind: 'admin'; readonly thing: string };

/** `hidden` is answered exactly as if the thing did not exist (04 G-34). `rule` is the glob that allowed. */
export type Decision = { readonly outcome: 'allow'; readonly rule: string } | { readonly outcome: 'hidden' };

/** Whether a caller sees an item: the one check of every list (04 G-31). */
export function visible(snapshot: Snapshot, principal: Principal, item: CatalogItem): boolean {
  return snapshot.access.of(principal).ruleOf(item) !== undefined;
}

/** The one decision about a call. No I/O; begins with what `visible` asks, so that listed is callable (04 G-31 to G-33). */
export function decide(snapshot: Snapshot, principal: Principal, subject: Subject): Decision {
  const rule = ruleFor(snapshot, principal, subject);
  return rule === undefined ? hidden : { outcome: 'allow', rule };
}

const hidden: Decision = { outcome: 'hidden' };

function ruleFor(snapshot: Snapshot, principal: Principal, subject: Subject): string | undefined {
  const access = snapshot.access.of(principal);
  if (subject.kind === 'item') return access.ruleOf(subject.item);
  if (subject.kind === 'uri') return ruleForUri(access, subject);
  return access.grantOf([subject.kind === 'server' ? `server:${subject.server}` : `admin:${subject.thing}`]);
}

/**
 * A URI is allowed by the item that it comes from or by its own `resource:` permission. What is denied for the item or
 * for the URI stays denied.
 */
function ruleForUri(
  access: ReturnType<Snapshot['access']['of']>,
  { server, uri, item }: Extract<Subject, { kind: 'uri' }>,
): string | undefined {
  const own = [`resource:${server}:${uri}`, `server:${server}`];
  return access.denies(own) ? undefined : access.grantOf([...(item?.permissions ?? []), ...own]);
}
