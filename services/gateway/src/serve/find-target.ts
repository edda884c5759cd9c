import type { CatalogItem } from '../catalog/item.ts';
import type { RouteView } from '../catalog/route-view.ts';
import type { UriTarget } from '../catalog/uri-index.ts';
import type { Subject } from '../policy/decide.ts';
import { objectField, stringField, type JsonObject } from '../wire/json-value.ts';

/** What a request is about, in the words of the server that has it. */
export interface Target {
  readonly kind: 'found';
  readonly server: string;
  readonly subject: Subject;
  /** The listed item, or the template that a URI comes from. */
  readonly item: CatalogItem | undefined;
  /** `params` as the server gets them. */
  readonly params: JsonObject;
  /** The item's name or URI at the server, for `Mcp-Name`. */
  readonly name: string;
}

/** A request that names nothing on this route. Hidden things get the same answer (04 G-34). */
export interface NoTarget {
  readonly kind: 'unknown';
  readonly noun: 'tool' | 'prompt' | 'resource';
  readonly name: string;
}

/** A request that does not say what it is about. */
export interface BadParams {
  readonly kind: 'invalid';
  readonly reason: string;
}

/** Methods that name an item of a server. */
export type ItemMethod =
  | 'tools/call'
  | 'prompts/get'
  | 'resources/read'
  | 'resources/subscribe'
  | 'resources/unsubscribe'
  | 'completion/complete';

/** Finds what a request is about on a route; says nothing about whether the caller may. */
export function findTarget(route: RouteView, method: ItemMethod, params: JsonObject): Target | NoTarget | BadParams {
  if (method === 'tools/call') return findNamed(route.tools, 'tool', params);
  if (method === 'prompts/get') return findNamed(route.prompts, 'prompt', params);
  return method === 'completion/complete' ? findReference(route, params) : findUri(route, params);
}

function findNamed(
  items: ReadonlyMap<string, CatalogItem>,
  noun: 'tool' | 'prompt',
  params: JsonObject,
): Target | NoTarget | BadParams {
  const name = stringField(params, 'name');
  if (name === undefined) return { kind: 'invalid', reason: 'params.name must be a string' };
  const item = items.get(name);
  if (item === undefined) return { kind: 'unknown', noun, name };
  return {
    kind: 'found',
    server: item.server,
    subject: { kind: 'item', item },
    item,
    params: { ...params, name: item.name },
    name: item.name,
  };
}

function findUri(route: RouteView, params: JsonObject): Target | NoTarget | BadParams {
  const uri = stringField(params, 'uri');
  if (uri === undefined) return { kind: 'invalid', reason: 'params.uri must be a string' };
  const found = route.uris.find(uri);
  if (found === undefined) return { kind: 'unknown', noun: 'resource', name: uri };
  return ofUri(found, { ...params, uri: found.uri });
}

/** A completion is about a prompt, or about a template, which is named by its text. */
function findReference(route: RouteView, params: JsonObject): Target | NoTarget | BadParams {
  const ref = objectField(params, 'ref');
  const type = stringField(ref, 'type');
  if (ref === undefined || (type !== 'ref/prompt' && type !== 'ref/resource')) {
    return { kind: 'invalid', reason: 'params.ref must be a ref/prompt or a ref/resource' };
  }
  const found = type === 'ref/prompt' ? findNamed(route.prompts, 'prompt', ref) : findTemplate(route, ref);
  return found.kind === 'found' ? { ...found, params: { ...params, ref: found.params } } : found;
}

function findTemplate(route: RouteView, ref: JsonObject): Target | NoTarget | BadParams {
  const uri = stringField(ref, 'uri');
  if (uri === undefined) return { kind: 'invalid', reason: 'params.ref.uri must be a string' };
  const template = route.items.template.find((item) => route.nameOf(item) === uri);
  if (template === undefined) return findUri(route, ref);
  return {
    kind: 'found',
    server: template.server,
    subject: { kind: 'item', item: template },
    item: template,
    params: { ...ref, uri: template.name },
    name: template.name,
  };
}

function ofUri({ server, uri, item }: UriTarget, params: JsonObject): Target {
  return { kind: 'found', server, subject: { kind: 'uri', server, uri, item }, item, params, name: uri };
}
