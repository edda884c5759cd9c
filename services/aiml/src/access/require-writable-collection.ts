import type { Principal } from '@fairlead/contracts';
import type { CollectionStore } from '../deps.ts';
import type { Collection } from '../domain/collection.ts';
import { scopeOf } from '../domain/scope.ts';
import { requireCollection } from './require-collection.ts';
import { requireSharedRight, sharedDenied } from './require-shared-right.ts';

/**
 * Hands out a collection that the caller may write. A shared one is written by its own tenant, with `aiml:admin`
 * (07 A-22).
 *
 * @throws NotFound `AIML_COLLECTION_NOT_FOUND`; PermissionDenied `AIML_SHARED_DENIED`.
 */
export async function requireWritableCollection(
  collections: CollectionStore,
  principal: Principal,
  name: string,
): Promise<Collection> {
  const collection = await requireCollection(collections, scopeOf(principal), name);
  if (!collection.isOwn) throw sharedDenied();
  if (collection.visibility === 'shared') requireSharedRight(principal);
  return collection;
}
