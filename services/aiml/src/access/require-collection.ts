import { NotFound } from '@fairlead/server-kit/runtime';
import type { CollectionStore } from '../deps.ts';
import type { Collection } from '../domain/collection.ts';
import type { Scope } from '../domain/scope.ts';

/** Names that an unknown name is answered with. */
const shownMax = 20;

/**
 * Hands out a collection that the caller may read.
 *
 * @throws NotFound `AIML_COLLECTION_NOT_FOUND`, the same for a missing collection and for another tenant's (07 §15).
 */
export async function requireCollection(collections: CollectionStore, scope: Scope, name: string): Promise<Collection> {
  // Both are always asked, so that a foreign name takes no other time than a missing one.
  const [collection, known] = await Promise.all([
    collections.find(scope, name),
    collections.list(scope, { after: '', limit: shownMax }),
  ]);
  if (collection) return collection;
  const names = known.map((readable) => readable.name);
  throw new NotFound('AIML_COLLECTION_NOT_FOUND', {
    publicMessage: `There is no collection "${name}" for you.`,
    fix:
      names.length === 0 ? 'Create one with create_collection.' : `Collections that you may read: ${names.join(', ')}.`,
    details: { collections: names },
  });
}
