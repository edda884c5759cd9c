import { itemErrorsMax, jobStatuses, type IndexJob, type ItemError } from '../../../domain/indexing/index-job.ts';
import type { JobRequest } from '../../../domain/indexing/store-records.ts';
import type { Scope } from '../../../domain/scope.ts';
import { column } from '../columns.ts';
import type { Row, Session } from '../session.ts';
import { canWrite } from './collections.ts';

/** Queues a job with its documents, and names the open job of the same collection that it waits for. */
export function enqueueJob(
  session: Session,
  { scope, job }: { scope: Scope; job: JobRequest },
): { readonly isQueued: boolean; readonly behind: string | undefined } {
  return session.transaction(() => {
    if (!canWrite(session, scope, job.collectionId)) return { isQueued: false, behind: undefined };
    const open = session.first(
      "select id from job where collection_id = ? and status in ('queued', 'running') order by key desc limit 1",
      job.collectionId,
    );
    const key = insertJob(session, scope, job);
    if (job.work.kind === 'rebuild') insertRebuildItems(session, key, job.collectionId);
    else insertItems(session, key, job.work.documents);
    session.run('update job set total = (select count(*) from job_item where job_key = ?) where key = ?', key, key);
    return { isQueued: true, behind: open && column.text(open, 'id') };
  });
}

/** A job of the caller's tenant. */
export function findJob(session: Session, { scope, id }: { scope: Scope; id: string }): IndexJob | undefined {
  const row = session.first(
    `select j.*, c.name as collection from job j join collection c on c.id = j.collection_id where j.id = ? and j.tenant = ?`,
    id,
    scope.tenant,
  );
  return row && toJob(row);
}

/** Documents of a job that could not be indexed, in order, after a place: `ordinal` counts from 0. */
export function listJobErrors(
  session: Session,
  { scope, id, after, limit }: { scope: Scope; id: string; after: number; limit: number },
): readonly (ItemError & { readonly ordinal: number })[] {
  const rows = session.all(
    `select i.ordinal, i.uri, i.code, i.reason from job_item i join job j on j.key = i.job_key
     where j.id = ? and j.tenant = ? and i.state = 'failed' and i.code is not null and i.ordinal > ? order by i.ordinal limit ?`,
    id,
    scope.tenant,
    after,
    Math.min(limit, itemErrorsMax),
  );
  return rows.map((row) => ({
    ordinal: column.number(row, 'ordinal'),
    uri: column.text(row, 'uri'),
    code: column.text(row, 'code'),
    reason: column.text(row, 'reason'),
  }));
}

function insertJob(session: Session, scope: Scope, job: JobRequest): number {
  return session.insert(
    `insert into job (id, tenant, collection_id, kind, source, sync, allow_mass_delete, status, total, queued_at) values (?, ?, ?, ?, ?, ?, ?, 'queued', 0, ?)`,
    job.id,
    scope.tenant,
    job.collectionId,
    job.work.kind,
    job.source ?? null,
    Number(job.sync),
    Number(job.allowMassDelete),
    job.queuedAt.getTime(),
  );
}

function insertItems(
  session: Session,
  key: number,
  documents: Extract<JobRequest['work'], { kind: 'documents' }>['documents'],
): void {
  for (const [ordinal, document] of documents.entries()) {
    session.run(
      'insert into job_item (job_key, ordinal, document_id, uri, title, mime, metadata, fields, text) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      key,
      ordinal,
      document.id,
      document.uri,
      document.title ?? null,
      document.mime ?? null,
      JSON.stringify(document.metadata),
      JSON.stringify(document.fields),
      document.text ?? null,
    );
  }
}

/** Every stored document again; its text is read when its turn comes. */
function insertRebuildItems(session: Session, key: number, collectionId: number): void {
  session.run(
    `insert into job_item (job_key, ordinal, document_id, uri, title, mime, metadata, fields)
     select ?, row_number() over (order by key) - 1, id, uri, title, mime, metadata, fields from document where collection_id = ?`,
    key,
    collectionId,
  );
}

function toJob(row: Row): IndexJob {
  const status = column.text(row, 'status');
  const code = column.optionalText(row, 'failure_code');
  return {
    id: column.text(row, 'id'),
    status: jobStatuses.find((known) => known === status) ?? 'failed',
    collection: column.text(row, 'collection'),
    documents: {
      total: column.number(row, 'total'),
      done: column.number(row, 'done'),
      skipped: column.number(row, 'skipped'),
      failed: column.number(row, 'failed'),
    },
    chunks: {
      embedded: column.number(row, 'embedded'),
      reused: column.number(row, 'reused'),
      deleted: column.number(row, 'deleted'),
    },
    startedAt: column.optionalTime(row, 'started_at'),
    finishedAt: column.optionalTime(row, 'finished_at'),
    failure: code === undefined ? undefined : { code, reason: column.text(row, 'failure_reason') },
  };
}
