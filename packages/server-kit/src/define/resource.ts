import type { Permission } from '@fairlead/contracts';
import type { CallContext } from './call-context.ts';

/** One readable thing in a list of resources. */
export interface ResourceEntry {
  readonly uri: string;
  readonly name: string;
  readonly title?: string;
  readonly description?: string;
  readonly mimeType?: string;
}

/** What reading a resource gives: one or more parts, as text or as base64. */
export type ResourceContent =
  | { readonly uri: string; readonly mimeType?: string; readonly text: string }
  | { readonly uri: string; readonly mimeType?: string; readonly blob: string };

/** Values of a URI template's variables, percent-decoded once. */
export type TemplateVariables = Readonly<Record<string, string>>;

/**
 * A family of resources. `uri` is a fixed URI or an RFC 6570 template of simple (`{name}`) and rest (`{+path}`)
 * variables. The permission is that of the tool which reads the same thing (05 T-13).
 */
export interface ResourceDefinition<Deps> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly uri: string;
  readonly mimeType: string;
  readonly permission: Permission;
  /** What `resources/list` shows of this family: at most 100. Absent: a fixed URI lists itself, a template lists nothing. */
  list?(deps: Deps, context: CallContext): Promise<readonly ResourceEntry[]>;
  /** Reads one. `undefined` means not found or not for this caller: one answer for both. */
  read(
    deps: Deps,
    variables: TemplateVariables,
    context: CallContext & { readonly uri: string },
  ): Promise<readonly ResourceContent[] | undefined>;
  /** Values for a template variable by prefix, at most 100; only what the caller may read (05 T-12). */
  readonly complete?: Readonly<
    Record<string, (deps: Deps, prefix: string, context: CallContext) => Promise<readonly string[]>>
  >;
}

/** Marks what came from a resource factory. */
export const resourceBrand: unique symbol = Symbol.for('fairlead.resource');

/** A resource family as the kit serves it. */
export interface Resource<Deps> extends ResourceDefinition<Deps> {
  readonly [resourceBrand]: true;
}
