import type { DocumentPreparer, DocumentSource, DocumentStore } from '../deps.ts';
import type { LoadedDocument } from '../domain/indexing/prepare-document.ts';
import type { ClaimedJob, ItemOutcome, JobItem } from '../domain/indexing/store-records.ts';
import { supportedMediaTypes } from '../domain/text/text-type.ts';

/** What one document goes through. */
export interface PrepareItemParts {
  readonly documents: DocumentStore;
  readonly source: DocumentSource;
  readonly preparer: DocumentPreparer;
  /** Make everything of the document anew, whatever is stored. */
  readonly isFresh: boolean;
}

/** Loads and prepares one document of a job. A document that cannot be indexed is an outcome, not an error (07 A-14). */
export async function prepareItem(parts: PrepareItemParts, job: ClaimedJob, item: JobItem): Promise<ItemOutcome> {
  const loaded = await loadItem(parts, job, item);
  if (loaded.kind === 'failed') return loaded;
  const stored = parts.isFresh
    ? undefined
    : await parts.documents.fingerprint(job.scope, job.collection.id, item.documentId);
  const { uri, title, metadata } = item;
  const document: LoadedDocument = {
    body: loaded.body,
    name: loaded.name,
    mime: loaded.mime,
    uri,
    title,
    metadata,
    stored,
  };
  const result = await parts.preparer.prepare(document);
  switch (result.kind) {
    case 'prepared':
      return { kind: 'indexed', document: result.document };
    case 'unchanged':
      return { kind: 'skipped', chunks: stored?.chunkHashes.length ?? 0 };
    case 'unsupported':
      return failed('AIML_UNSUPPORTED_TYPE', `It looks like ${result.looksLike}. Supported: ${supportedMediaTypes}.`);
    case 'failed':
      break;
  }
  return failed('AIML_DOCUMENT_FAILED', result.reason);
}

type FailedItem = Extract<ItemOutcome, { kind: 'failed' }>;

interface LoadedItem {
  readonly kind: 'loaded';
  readonly body: string | Uint8Array;
  readonly name: string | undefined;
  readonly mime: string | undefined;
}

async function loadItem(
  { documents, source }: PrepareItemParts,
  job: ClaimedJob,
  item: JobItem,
): Promise<LoadedItem | FailedItem> {
  if (item.text !== undefined) return { kind: 'loaded', body: item.text, name: undefined, mime: item.mime };
  if (job.kind === 'rebuild') {
    const document = await documents.read(job.scope, job.collection.id, item.documentId);
    if (document) return { kind: 'loaded', body: document.text, name: undefined, mime: document.mime };
    return failed('AIML_DOCUMENT_NOT_FOUND', 'It was deleted while the collection was built again.');
  }
  const result = await source.load(item.uri);
  if (result.kind === 'loaded') return { kind: 'loaded', body: result.bytes, name: result.name, mime: item.mime };
  if (result.kind === 'too-large') return failed('AIML_DOCUMENT_TOO_LARGE', `It is over ${result.bytesMax} bytes.`);
  return failed('AIML_DOCUMENT_NOT_FOUND', 'There is no such file below the document roots.');
}

function failed(code: string, reason: string): FailedItem {
  return { kind: 'failed', code, reason };
}
