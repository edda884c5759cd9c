import type { Collection, CollectionDraft } from './domain/collection.ts';
import type { Filter } from './domain/filters/filter.ts';
import type { IndexJob, ItemError, JobFailure } from './domain/indexing/index-job.ts';
import type { LoadedDocument, PrepareResult, StoredFingerprint } from './domain/indexing/prepare-document.ts';
import type {
  ClaimedJob,
  CommitResult,
  ItemOutcome,
  JobItem,
  JobRequest,
  Lease,
  StoredDocument,
} from './domain/indexing/store-records.ts';
import type { Passage } from './domain/retrieval/passage.ts';
import type { SearchAnswer, SearchRequest } from './domain/retrieval/search-request.ts';
import type { Scope } from './domain/scope.ts';

/** Collections: names, declared fields, counts. An own collection goes before a shared one of the same name. */
export interface CollectionStore {
  /** Creates one, or finds the one that has its name already. */
  create(
    scope: Scope,
    draft: CollectionDraft,
    now: Date,
  ): Promise<{ readonly created: boolean; readonly collection: Collection }>;
  find(scope: Scope, name: string): Promise<Collection | undefined>;
  /** In the order of names, after the name `after`. */
  list(scope: Scope, page: { readonly after: string; readonly limit: number }): Promise<readonly Collection[]>;
}

/** The record of documents. What is in it can be indexed again without its source. */
export interface DocumentStore {
  read(scope: Scope, collectionId: number, documentId: string): Promise<StoredDocument | undefined>;
  fingerprint(scope: Scope, collectionId: number, documentId: string): Promise<StoredFingerprint | undefined>;
  /** Ids of the documents that were indexed under a source label. */
  idsOfSource(scope: Scope, collectionId: number, source: string): Promise<readonly string[]>;
  idsByPrefix(
    scope: Scope,
    collectionId: number,
    search: { readonly prefix: string; readonly limit: number },
  ): Promise<readonly string[]>;
}

/** A chunk that a leg of a search found. A higher score is better. */
export interface FoundChunk {
  readonly id: number;
  readonly score: number;
}

/** Where a leg of a search looks, and how much it brings. */
export interface LegOptions {
  readonly filter: Filter | undefined;
  readonly limit: number;
}

/** The index of chunks: terms and vectors. It can be made again from the record. */
export interface VectorStore {
  /** BM25 over analysed terms. `knownTerms` counts the terms that occur in the collection. */
  searchTerms(
    scope: Scope,
    collectionId: number,
    query: LegOptions & { readonly terms: readonly string[] },
  ): Promise<{ readonly found: readonly FoundChunk[]; readonly knownTerms: number }>;
  /** Exact cosine over the given chunks, or over all. */
  searchVectors(
    scope: Scope,
    collectionId: number,
    query: LegOptions & { readonly vector: Float32Array; readonly among: readonly number[] | undefined },
  ): Promise<readonly FoundChunk[]>;
  /** In no order. Chunks that are gone are left out. */
  passages(scope: Scope, ids: readonly number[]): Promise<readonly Passage[]>;
}

/** Jobs as callers see them. */
export interface JobStore {
  /** Queues a job; `behind` is the open job of the same collection that it waits for. */
  enqueue(scope: Scope, job: JobRequest): Promise<{ readonly isQueued: boolean; readonly behind: string | undefined }>;
  find(scope: Scope, id: string): Promise<IndexJob | undefined>;
  /** Documents that failed, after the place `after`, counted from 0. */
  errors(
    scope: Scope,
    id: string,
    page: { readonly after: number; readonly limit: number },
  ): Promise<readonly (ItemError & { readonly ordinal: number })[]>;
}

/** Jobs as runners see them. A claimed job carries its scope; its lease stands for it from then on. */
export interface JobQueue {
  claim(owner: string, now: Date, leaseUntil: Date): Promise<ClaimedJob | undefined>;
  /** False when another runner has taken the job. */
  renew(lease: Lease, leaseUntil: Date): Promise<boolean>;
  release(lease: Lease): Promise<boolean>;
  pending(lease: Lease, limit: number): Promise<readonly JobItem[]>;
  commit(
    job: ClaimedJob,
    item: JobItem,
    outcome: { readonly outcome: ItemOutcome; readonly now: Date },
  ): Promise<CommitResult>;
  finish(lease: Lease, now: Date, failure: JobFailure | undefined): Promise<boolean>;
}

/** The bytes of a document, or why there are none. */
export type SourceResult =
  | { readonly kind: 'loaded'; readonly bytes: Uint8Array; readonly name: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'too-large'; readonly bytesMax: number };

/** Loads documents that a job names by URI. */
export interface DocumentSource {
  load(uri: string): Promise<SourceResult>;
}

/** Parses, cuts, analyses and embeds documents away from the event loop. */
export interface DocumentPreparer {
  /** `failed`: the document broke the limits of time or memory. */
  prepare(document: LoadedDocument): Promise<PrepareResult | { readonly kind: 'failed'; readonly reason: string }>;
}

/** Finds passages. */
export interface DocumentSearch {
  search(scope: Scope, request: SearchRequest): Promise<SearchAnswer>;
}

/** Wakes the runners and follows their jobs. */
export interface JobRunner {
  /** Says that there may be work. */
  wake(): void;
  /** Resolves when the job has ended, when `waitMs` is over, or when the signal is aborted. */
  follow(scope: Scope, jobId: string, options: FollowOptions): Promise<IndexJob | undefined>;
}

/** How long a job is followed, and who hears of it. */
export interface FollowOptions {
  readonly waitMs: number;
  readonly signal: AbortSignal;
  onProgress(job: IndexJob): void;
}

/** What the tools and resources of this service use. */
export interface AimlDeps {
  readonly collections: CollectionStore;
  readonly documents: DocumentStore;
  readonly jobs: JobStore;
  readonly search: DocumentSearch;
  readonly runner: JobRunner;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Most chunks of one collection. */
  readonly collectionChunksMax: number;
}
