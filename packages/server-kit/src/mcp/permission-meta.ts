import { metaKeys } from '@fairlead/contracts';

/** Marks under `_meta` by which the gateway decides about an item of a server that it trusts (04 G-36). */
export type PermissionMeta = Readonly<Record<string, string>>;

/** The marks of something that is only read: a prompt, a resource, a template. */
export function readMeta(permission: string): PermissionMeta {
  return { [metaKeys.permission]: permission, [metaKeys.effect]: 'read' };
}
