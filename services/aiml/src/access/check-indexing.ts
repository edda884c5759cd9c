import type { Principal } from '@fairlead/contracts';
import { Conflict, InvalidInput, PermissionDenied, Unavailable, type ServiceError } from '@fairlead/server-kit/runtime';
import type { AimlDeps } from '../deps.ts';
import type { Collection } from '../domain/collection.ts';
import { planDocuments, type DocumentInput, type DocumentRefusal } from '../domain/indexing/plan-documents.ts';
import { planSync } from '../domain/indexing/plan-sync.ts';
import type { JobWork } from '../domain/indexing/store-records.ts';
import { scopeOf } from '../domain/scope.ts';
import { requireWritableCollection } from './require-writable-collection.ts';

/** What a caller asks to be indexed. */
export interface IndexingInput {
  readonly collection: string;
  readonly documents?: readonly DocumentInput[] | undefined;
  readonly uris?: readonly string[] | undefined;
  readonly source?: string | undefined;
  readonly sync: boolean;
  readonly allow_mass_delete: boolean;
  readonly rebuild: boolean;
}

/** A request that has passed every check that can be made before the work begins. */
export interface CheckedIndexing {
  readonly collection: Collection;
  readonly work: JobWork;
  readonly accepted: number;
  readonly duplicates: number;
  /** Documents that a sync would delete. */
  readonly unlisted: number;
}

/**
 * Checks a request to index, and plans its work. Both a dry run and the act begin here, so that they cannot disagree.
 *
 * @throws InvalidInput `INPUT_INVALID`, `AIML_UNSUPPORTED_TYPE`; PermissionDenied `EGRESS_DENIED`; NotFound
 * `AIML_COLLECTION_NOT_FOUND`; Conflict `AIML_SYNC_TOO_LARGE`; Unavailable `AIML_STORE_FULL`.
 */
export async function checkIndexing(
  deps: AimlDeps,
  principal: Principal,
  input: IndexingInput,
): Promise<CheckedIndexing> {
  requireOneKindOfWork(input);
  const collection = await requireWritableCollection(deps.collections, principal, input.collection);
  if (input.rebuild)
    return { collection, work: { kind: 'rebuild' }, accepted: collection.documents, duplicates: 0, unlisted: 0 };
  const { tenant } = scopeOf(principal);
  const documents: readonly DocumentInput[] = input.documents ?? input.uris?.map((uri) => ({ uri })) ?? [];
  const plan = planDocuments(documents, {
    argument: input.uris ? 'uris' : 'documents',
    tenant,
    collection: collection.name,
    fields: collection.fields,
  });
  if (plan.kind === 'refused') throw documentRefusal(plan);
  if (collection.chunks >= deps.collectionChunksMax) throw collectionFull(deps.collectionChunksMax);
  const unlisted = input.sync
    ? await countUnlisted(deps, principal, { input, collection, listed: plan.documents.map(({ id }) => id) })
    : 0;
  const work: JobWork = { kind: 'documents', documents: plan.documents };
  return { collection, work, accepted: plan.documents.length, duplicates: plan.duplicates, unlisted };
}

function requireOneKindOfWork({ documents, uris, rebuild, sync, source }: IndexingInput): void {
  const kinds = [documents !== undefined, uris !== undefined, rebuild].filter(Boolean).length;
  if (kinds !== 1)
    throw new InvalidInput('INPUT_INVALID', { publicMessage: 'Give exactly one of documents, uris and rebuild.' });
  if (sync && source === undefined)
    throw new InvalidInput('INPUT_INVALID', {
      publicMessage: 'sync needs a source: only documents of that source are deleted.',
    });
  if (sync && rebuild)
    throw new InvalidInput('INPUT_INVALID', {
      publicMessage: 'rebuild lists no documents, so that sync cannot go with it.',
    });
}

interface SyncCheck {
  readonly input: IndexingInput;
  readonly collection: Collection;
  readonly listed: readonly string[];
}

async function countUnlisted(
  deps: AimlDeps,
  principal: Principal,
  { input, collection, listed }: SyncCheck,
): Promise<number> {
  const stored = await deps.documents.idsOfSource(scopeOf(principal), collection.id, input.source ?? '');
  const plan = planSync(stored, new Set(listed), input.allow_mass_delete);
  if (plan.kind === 'ok') return plan.unlisted.length;
  throw new Conflict('AIML_SYNC_TOO_LARGE', {
    publicMessage: `The sync would delete ${plan.unlisted} of ${plan.stored} documents of this source, over a fifth. Nothing was changed.`,
    fix: 'List every document of the source, or give allow_mass_delete: true.',
    details: { unlisted: plan.unlisted, stored: plan.stored },
  });
}

function documentRefusal({ code, reason }: DocumentRefusal): ServiceError {
  if (code === 'EGRESS_DENIED') return new PermissionDenied(code, { publicMessage: reason });
  return new InvalidInput(code, { publicMessage: reason });
}

function collectionFull(chunksMax: number): Unavailable {
  return new Unavailable('AIML_STORE_FULL', {
    publicMessage: `The collection is at its limit of ${chunksMax} chunks.`,
    fix: 'Use another collection, or ask the operator to raise AIML_COLLECTION_MAX_CHUNKS.',
    retryable: false,
  });
}
