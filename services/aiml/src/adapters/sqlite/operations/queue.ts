import type { JobFailure } from '../../../domain/indexing/index-job.ts';
import { planSync, type SyncPlan } from '../../../domain/indexing/plan-sync.ts';
import type { ClaimedJob, JobItem, Lease } from '../../../domain/indexing/store-records.ts';
import { column } from '../columns.ts';
import { ensureIndexTables } from '../index-tables.ts';
import type { Row, Session } from '../session.ts';
import { holdsLease } from './lease.ts';
import { removeDocument } from './write-document.ts';

/**
 * Takes the oldest job that waits or whose runner's lease has ended, unless an older job of the same collection is
 * still open: jobs of one collection run one after the other. Raises the epoch, which ends every older lease.
 */
export function claimJob(
  session: Session,
  { owner, now, leaseUntil }: { owner: string; now: Date; leaseUntil: Date },
): ClaimedJob | undefined {
  return session.transaction(() => {
    const next = session.first(
      `select key from job where status in ('queued', 'running') and lease_until <= ? and not exists (
         select 1 from job older where older.collection_id = job.collection_id and older.key < job.key and older.status in ('queued', 'running'))
       order by key limit 1`,
      now.getTime(),
    );
    if (!next) return undefined;
    const key = column.number(next, 'key');
    session.run(
      `update job set status = 'running', owner = ?, epoch = epoch + 1, lease_until = ?, started_at = coalesce(started_at, ?) where key = ?`,
      owner,
      leaseUntil.getTime(),
      now.getTime(),
      key,
    );
    const claimed = session.first(
      `select j.key, j.id as job_id, j.epoch, j.kind, j.source, j.sync, j.allow_mass_delete, c.* from job j join collection c on c.id = j.collection_id where j.key = ?`,
      key,
    );
    if (!claimed) throw new Error('a claimed job has no collection');
    const job = toClaimedJob(claimed);
    ensureIndexTables(session.database, job.collection.id);
    return job;
  });
}

/** The next documents of a job that are not done, in order. */
export function pendingItems(session: Session, { lease, limit }: { lease: Lease; limit: number }): readonly JobItem[] {
  const rows = session.all(
    "select * from job_item where job_key = ? and state = 'pending' order by ordinal limit ?",
    lease.jobKey,
    limit,
  );
  return rows.map(toItem);
}

/**
 * Ends a job: removes documents of its source that are no longer listed, when it asked for that, and sets its status.
 * All in one step, so that a job is never over with half of its deletions done.
 */
export function finishJob(
  session: Session,
  { lease, now, failure }: { lease: Lease; now: Date; failure: JobFailure | undefined },
): boolean {
  return session.transaction(() => {
    if (!holdsLease(session, lease)) return false;
    const refused = failure ?? removeUnlisted(session, lease);
    session.run(
      `update job set status = case when ? is not null then 'failed' when failed > 0 then 'partial' else 'succeeded' end,
         failure_code = ?, failure_reason = ?, finished_at = ?, lease_until = 0, owner = null where key = ?`,
      refused?.code ?? null,
      refused?.code ?? null,
      refused?.reason ?? null,
      now.getTime(),
      lease.jobKey,
    );
    // The texts of a finished job are of no more use.
    session.run('update job_item set text = null where job_key = ? and text is not null', lease.jobKey);
    return true;
  });
}

function removeUnlisted(session: Session, lease: Lease): JobFailure | undefined {
  const job = session.first(
    'select collection_id, source, allow_mass_delete from job where key = ? and sync = 1 and source is not null',
    lease.jobKey,
  );
  if (!job) return undefined;
  const collectionId = column.number(job, 'collection_id');
  const stored = session.all(
    'select id from document where collection_id = ? and source = ? order by id',
    collectionId,
    column.text(job, 'source'),
  );
  const listed = session.all('select document_id from job_item where job_key = ?', lease.jobKey);
  const plan: SyncPlan = planSync(
    stored.map((row) => column.text(row, 'id')),
    new Set(listed.map((row) => column.text(row, 'document_id'))),
    column.flag(job, 'allow_mass_delete'),
  );
  if (plan.kind === 'too-large')
    return {
      code: 'AIML_SYNC_TOO_LARGE',
      reason: `${plan.unlisted} of ${plan.stored} documents of the source are no longer listed. Nothing was deleted.`,
    };
  const chunks = plan.unlisted.reduce((sum, documentId) => sum + removeDocument(session, collectionId, documentId), 0);
  session.run('update job set deleted = deleted + ? where key = ?', chunks, lease.jobKey);
  return undefined;
}

function toClaimedJob(row: Row): ClaimedJob {
  return {
    lease: { jobKey: column.number(row, 'key'), epoch: column.number(row, 'epoch') },
    jobId: column.text(row, 'job_id'),
    scope: { tenant: column.text(row, 'tenant') },
    collection: {
      id: column.number(row, 'id'),
      name: column.text(row, 'name'),
      description: column.text(row, 'description'),
      embedder: column.text(row, 'embedder'),
      dims: column.number(row, 'dims'),
      fields: column.fieldTypes(row, 'fields'),
      visibility: column.text(row, 'visibility') === 'shared' ? 'shared' : 'tenant',
    },
    kind: column.text(row, 'kind') === 'rebuild' ? 'rebuild' : 'documents',
    source: column.optionalText(row, 'source'),
    sync: column.flag(row, 'sync'),
    allowMassDelete: column.flag(row, 'allow_mass_delete'),
  };
}

function toItem(row: Row): JobItem {
  return {
    ordinal: column.number(row, 'ordinal'),
    documentId: column.text(row, 'document_id'),
    uri: column.text(row, 'uri'),
    title: column.optionalText(row, 'title'),
    mime: column.optionalText(row, 'mime'),
    metadata: column.metadata(row, 'metadata'),
    fields: fieldValues(row),
    text: column.optionalText(row, 'text'),
  };
}

function fieldValues(row: Row): JobItem['fields'] {
  const entries = Object.entries(column.metadata(row, 'fields'));
  return Object.fromEntries(entries.flatMap(([name, value]) => (typeof value === 'boolean' ? [] : [[name, value]])));
}
