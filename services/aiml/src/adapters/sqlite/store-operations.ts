import { createCollection, findCollection, listCollections } from './operations/collections.ts';
import { documentFingerprint, documentIds, readDocument, sourceDocuments } from './operations/documents.ts';
import { enqueueJob, findJob, listJobErrors } from './operations/jobs.ts';
import { releaseLease, renewLease } from './operations/lease.ts';
import { claimJob, finishJob, pendingItems } from './operations/queue.ts';
import { readPassages, searchTerms, searchVectors } from './operations/search.ts';
import { commitItem } from './operations/write-document.ts';
import type { Session } from './session.ts';

/** What a reader can be asked. */
export const readOperations = {
  findCollection,
  listCollections,
  readDocument,
  documentFingerprint,
  sourceDocuments,
  documentIds,
  searchTerms,
  searchVectors,
  readPassages,
  findJob,
  listJobErrors,
} as const;

/** What the writer can be asked. */
export const writeOperations = {
  createCollection,
  enqueueJob,
  claimJob,
  renewLease,
  releaseLease,
  pendingItems,
  commitItem,
  finishJob,
} as const;

type SessionOperations = Readonly<Record<string, (session: Session, input: never) => unknown>>;

/** Operations as a channel calls them: without the connection, which the worker adds. */
export type BoundOperations<Operations extends SessionOperations> = {
  readonly [Name in keyof Operations]: (input: Parameters<Operations[Name]>[1]) => ReturnType<Operations[Name]>;
};

/** Gives every operation of a table its connection. */
export function bindOperations(
  operations: SessionOperations,
  session: Session,
): Readonly<Record<string, (input: never) => unknown>> {
  return Object.fromEntries(
    Object.entries(operations).map(([name, run]) => [name, (input: never) => run(session, input)]),
  );
}
