import type { CatalogItem } from './item.ts';
import { compileUriTemplate, type UriTemplate } from './uri-template.ts';

/** Where a URI leads: the server that has it, under which URI of its own, and the listed item if there is one. */
export interface UriTarget {
  readonly server: string;
  readonly uri: string;
  readonly item: CatalogItem | undefined;
}

/** Tells whose a URI is. Built from the lists alone, so that each replica says the same (03 N3). */
export interface UriIndex {
  /** The one owner of a URI as clients see it; undefined when no server or more than one may own it. Never a guess. */
  find(uri: string): UriTarget | undefined;
  /** The URI that clients see for one of a server's: the same where that leads back to the server, else `fairlead://<server>/...`. */
  toWire(server: string, uri: string): string;
}

interface IndexedTemplate extends UriTemplate {
  readonly item: CatalogItem;
}

/** Indexes the resources and templates of one route. */
export function createUriIndex(items: readonly CatalogItem[]): UriIndex {
  const exact = soleOwners(items.filter(({ kind }) => kind === 'resource'));
  const templates = indexTemplates(items.filter(({ kind }) => kind === 'template'));
  const schemes = schemeOwners(items);
  const servers = new Map(items.map((item) => [item.server, true]));

  function owner(uri: string): UriTarget | undefined {
    const listed = exact.get(uri);
    if (listed === 'several') return undefined;
    if (listed !== undefined) return { server: listed.server, uri, item: listed };
    const match = longest(templates.filter(({ matches }) => matches(uri)));
    if (match === 'several') return undefined;
    if (match !== undefined) return { server: match.item.server, uri, item: match.item };
    const server = schemes.get(schemeOf(uri));
    return server === undefined || server === 'several' ? undefined : { server, uri, item: undefined };
  }

  function ofServer(server: string, uri: string): UriTarget {
    const own = items.find((item) => item.server === server && item.kind === 'resource' && item.name === uri);
    const template = longest(templates.filter(({ item, matches }) => item.server === server && matches(uri)));
    return { server, uri, item: own ?? (template === 'several' ? undefined : template?.item) };
  }

  return {
    find(uri) {
      const wrapped = unwrapUri(uri);
      if (wrapped === undefined) return owner(uri);
      return servers.has(wrapped.server) ? ofServer(wrapped.server, wrapped.uri) : undefined;
    },
    toWire: (server, uri) => (owner(uri)?.server === server ? uri : wrapUri(server, uri)),
  };
}

/** The form of a URI that no server owns alone (04 G-30). */
export function wrapUri(server: string, uri: string): string {
  return `${WRAPPED}${server}/${Buffer.from(uri, 'utf8').toString('base64url')}`;
}

function unwrapUri(uri: string): { readonly server: string; readonly uri: string } | undefined {
  if (!uri.startsWith(WRAPPED)) return undefined;
  const [server = '', encoded = ''] = uri.slice(WRAPPED.length).split('/');
  return { server, uri: Buffer.from(encoded, 'base64url').toString('utf8') };
}

type Sole<T> = T | 'several';

function soleOwners(resources: readonly CatalogItem[]): ReadonlyMap<string, Sole<CatalogItem>> {
  const owners = new Map<string, Sole<CatalogItem>>();
  for (const item of resources) owners.set(item.name, owners.has(item.name) ? 'several' : item);
  return owners;
}

function schemeOwners(items: readonly CatalogItem[]): ReadonlyMap<string, Sole<string>> {
  const owners = new Map<string, Sole<string>>();
  for (const { kind, name, server } of items) {
    if (kind !== 'resource' && kind !== 'template') continue;
    const known = owners.get(schemeOf(name));
    owners.set(schemeOf(name), known === undefined || known === server ? server : 'several');
  }
  return owners;
}

function indexTemplates(items: readonly CatalogItem[]): readonly IndexedTemplate[] {
  return items.map((item) => ({ ...compileUriTemplate(item.name), item }));
}

/** The template with the longest literal prefix; two of different servers with the same one are no answer. */
function longest(matching: readonly IndexedTemplate[]): Sole<IndexedTemplate> | undefined {
  const [first, second] = matching.toSorted((one, other) => other.literalPrefix.length - one.literalPrefix.length);
  if (first === undefined || second === undefined) return first;
  const isTie = second.literalPrefix.length === first.literalPrefix.length && second.item.server !== first.item.server;
  return isTie ? 'several' : first;
}

function schemeOf(uri: string): string {
  return uri.slice(0, Math.max(0, uri.indexOf(':'))).toLowerCase();
}

const WRAPPED = 'fairlead://';
