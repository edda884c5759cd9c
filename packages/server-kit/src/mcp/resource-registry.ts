import type { CallContext } from '../define/call-context.ts';
import type { Resource, ResourceContent, ResourceEntry } from '../define/resource.ts';
import { readMeta, type PermissionMeta } from './permission-meta.ts';
import { compileUriTemplate, type UriTemplate } from './uri-template.ts';

const LISTED_MAX = 100;
const COMPLETIONS_MAX = 100;

interface Family<Deps> {
  readonly resource: Resource<Deps>;
  readonly template: UriTemplate;
}

/** A template as `resources/templates/list` sends it. */
export interface WireResourceTemplate {
  readonly uriTemplate: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly mimeType: string;
  readonly _meta: PermissionMeta;
}

/** An entry as `resources/list` sends it. */
export type WireResource = ResourceEntry & { readonly _meta: PermissionMeta };

/** Answers everything about resources. The permission of a family is checked on list, read and completion alike (05 T-13). */
export class ResourceRegistry<Deps> {
  readonly #families: readonly Family<Deps>[];
  readonly #deps: Deps;

  constructor(resources: readonly Resource<Deps>[], deps: Deps) {
    this.#families = resources.map((resource) => ({ resource, template: compileUriTemplate(resource.uri) }));
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#families.length === 0;
  }

  get hasCompletion(): boolean {
    return this.#families.some(({ resource }) => resource.complete !== undefined);
  }

  templates(may: (permission: string) => boolean): readonly WireResourceTemplate[] {
    return this.#allowed(may)
      .filter(({ template }) => template.variables.length > 0)
      .map(({ resource }) => ({
        uriTemplate: resource.uri,
        name: resource.name,
        title: resource.title,
        description: resource.description,
        mimeType: resource.mimeType,
        _meta: readMeta(resource.permission),
      }));
  }

  async list(may: (permission: string) => boolean, context: CallContext): Promise<readonly WireResource[]> {
    const lists = await Promise.all(this.#allowed(may).map((family) => this.#entries(family, context)));
    return lists.flat();
  }

  /** Reads one. `undefined` for unknown, foreign and forbidden alike. */
  async read(
    may: (permission: string) => boolean,
    context: CallContext & { readonly uri: string },
  ): Promise<readonly ResourceContent[] | undefined> {
    for (const { resource, template } of this.#allowed(may)) {
      const variables = template.match(context.uri);
      if (variables !== undefined) return resource.read(this.#deps, variables, context);
    }
    return undefined;
  }

  /** Whether the caller can read this URI now; for subscriptions, which would otherwise tell that a foreign thing changed. */
  async isReadable(
    may: (permission: string) => boolean,
    context: CallContext & { readonly uri: string },
  ): Promise<boolean> {
    return (await this.read(may, context)) !== undefined;
  }

  async complete(
    query: { uriTemplate: string; variable: string; prefix: string },
    may: (permission: string) => boolean,
    context: CallContext,
  ): Promise<readonly string[]> {
    const family = this.#allowed(may).find(({ resource }) => resource.uri === query.uriTemplate);
    const complete = family?.resource.complete?.[query.variable];
    if (complete === undefined) return [];
    return (await complete(this.#deps, query.prefix, context)).slice(0, COMPLETIONS_MAX);
  }

  #allowed(may: (permission: string) => boolean): readonly Family<Deps>[] {
    return this.#families.filter(({ resource }) => may(resource.permission));
  }

  async #entries({ resource, template }: Family<Deps>, context: CallContext): Promise<readonly WireResource[]> {
    const meta = readMeta(resource.permission);
    if (resource.list !== undefined) {
      const entries = await resource.list(this.#deps, context);
      return entries.slice(0, LISTED_MAX).map((entry) => ({ ...entry, _meta: meta }));
    }
    if (template.variables.length > 0) return [];
    const { uri, name, title, description, mimeType } = resource;
    return [{ uri, name, title, description, mimeType, _meta: meta }];
  }
}
