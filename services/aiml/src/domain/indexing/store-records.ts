import type { CollectionDraft, Metadata } from '../collection.ts';
import type { FilterValue } from '../filters/filter.ts';
import type { Scope } from '../scope.ts';
import type { PlannedDocument } from './plan-documents.ts';
import type { PreparedDocument } from './prepare-document.ts';

/** A stored document with its whole text. */
export interface StoredDocument {
  readonly id: string;
  readonly uri: string;
  readonly title: string;
  readonly mime: string;
  readonly metadata: Metadata;
  /** Normalised: the text in which all offsets count. */
  readonly text: string;
  readonly contentHash: string;
  readonly indexedAt: Date;
}

/** What a job works on: given documents, or every stored document of the collection again. */
export type JobWork =
  | { readonly kind: 'documents'; readonly documents: readonly PlannedDocument[] }
  | { readonly kind: 'rebuild' };

/** A job as it is asked for. */
export interface JobRequest {
  readonly id: string;
  readonly collectionId: number;
  readonly work: JobWork;
  /** Label under which the documents belong together. */
  readonly source: string | undefined;
  readonly sync: boolean;
  readonly allowMassDelete: boolean;
  readonly queuedAt: Date;
}

/** The right to work on a job until `leaseUntil`. A newer epoch ends every older one (07 A-13). */
export interface Lease {
  readonly jobKey: number;
  readonly epoch: number;
}

/** A job that a runner has taken. */
export interface ClaimedJob {
  readonly lease: Lease;
  readonly jobId: string;
  readonly scope: Scope;
  readonly collection: CollectionDraft & { readonly id: number };
  readonly kind: JobWork['kind'];
  readonly source: string | undefined;
  readonly sync: boolean;
  readonly allowMassDelete: boolean;
}

/** One document of a job that is not done. */
export interface JobItem {
  readonly ordinal: number;
  readonly documentId: string;
  readonly uri: string;
  readonly title: string | undefined;
  readonly mime: string | undefined;
  readonly metadata: Metadata;
  readonly fields: Readonly<Record<string, FilterValue>>;
  readonly text: string | undefined;
}

/** What came of a document. */
export type ItemOutcome =
  | { readonly kind: 'indexed'; readonly document: PreparedDocument }
  | { readonly kind: 'skipped'; readonly chunks: number }
  | { readonly kind: 'failed'; readonly code: string; readonly reason: string };

/**
 * What came of storing an outcome. `lease-lost`: another runner works on the job. `stale`: the stored version is not
 * the one that the document was compared with. `full`: the collection would hold more chunks than allowed.
 */
export type CommitResult = 'committed' | 'lease-lost' | 'stale' | 'full';
