import type { Lease } from '../../../domain/indexing/store-records.ts';
import type { Session } from '../session.ts';

/** Extends a lease; false when another runner has the job. */
export function renewLease(session: Session, { lease, leaseUntil }: { lease: Lease; leaseUntil: Date }): boolean {
  const sql = "update job set lease_until = ? where key = ? and epoch = ? and status = 'running'";
  return session.run(sql, leaseUntil.getTime(), lease.jobKey, lease.epoch) === 1;
}

/** Whether a lease still holds its job. */
export function holdsLease(session: Session, lease: Lease): boolean {
  return (
    session.first("select 1 from job where key = ? and epoch = ? and status = 'running'", lease.jobKey, lease.epoch) !==
    undefined
  );
}

/** Gives a job back before its lease ends, so that another runner can go on at once. */
export function releaseLease(session: Session, { lease }: { lease: Lease }): boolean {
  const sql = "update job set lease_until = 0, owner = null where key = ? and epoch = ? and status = 'running'";
  return session.run(sql, lease.jobKey, lease.epoch) === 1;
}
