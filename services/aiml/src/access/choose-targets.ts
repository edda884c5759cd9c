import type { Principal } from '@fairlead/contracts';
import { InvalidInput } from '@fairlead/server-kit/runtime';
import type { CollectionStore } from '../deps.ts';
import type { Collection } from '../domain/collection.ts';
import { checkFilter, type FilterCheck } from '../domain/filters/check-filter.ts';
import { collectionsMax } from '../domain/retrieval/search-plan.ts';
import type { SearchTarget } from '../domain/retrieval/search-request.ts';
import { scopeOf } from '../domain/scope.ts';
import { requireCollection } from './require-collection.ts';

/** Where a search looks. */
export interface ChosenTargets {
  readonly targets: readonly SearchTarget[];
  /** Names of readable collections that the search leaves out, because of the limit or because they lack a filtered field. */
  readonly leftOut: readonly string[];
}

/**
 * Chooses the collections of a search and checks its filter against the fields of each: the named one, or all readable
 * ones in the order of names, at most 8.
 *
 * @throws NotFound `AIML_COLLECTION_NOT_FOUND`; InvalidInput `AIML_FILTER_INVALID` when the filter fits none of them.
 */
export async function chooseTargets(
  collections: CollectionStore,
  principal: Principal,
  { collection: name, filter }: { readonly collection?: string | undefined; readonly filter?: unknown },
): Promise<ChosenTargets> {
  const scope = scopeOf(principal);
  const readable =
    name === undefined
      ? await collections.list(scope, { after: '', limit: 100 })
      : [await requireCollection(collections, scope, name)];
  const checked = readable.map((collection) => ({
    collection,
    check: filter === undefined ? undefined : checkFilter(filter, collection.fields),
  }));
  const fitting = checked.filter(({ check }) => check?.kind !== 'invalid');
  const refused = checked.find(({ check }) => check?.kind === 'invalid');
  if (fitting.length === 0 && refused) throw filterInvalid(refused);
  const targets = fitting.slice(0, collectionsMax).map(toTarget);
  const searched = new Set(targets.map(({ collection }) => collection.name));
  return { targets, leftOut: readable.map((collection) => collection.name).filter((other) => !searched.has(other)) };
}

interface CheckedCollection {
  readonly collection: Collection;
  readonly check: FilterCheck | undefined;
}

function toTarget({ collection, check }: CheckedCollection): SearchTarget {
  return { collection, filter: check?.kind === 'valid' ? check.filter : undefined };
}

function filterInvalid({ collection, check }: CheckedCollection): InvalidInput {
  const { place, reason } = check?.kind === 'invalid' ? check : { place: 'filter', reason: 'It is not valid.' };
  return new InvalidInput('AIML_FILTER_INVALID', {
    publicMessage: `${place}: ${reason}`,
    fix: `Correct the filter for the collection "${collection.name}" and call again.`,
    details: { place, fields: collection.fields },
  });
}
