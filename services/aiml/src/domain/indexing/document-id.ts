import { hash } from 'node:crypto';

/** The id of a document that names none: the same tenant, collection and source always give the same id (07 A-11). */
export function documentId(place: {
  readonly tenant: string;
  readonly collection: string;
  readonly source: string;
}): string {
  const digest = hash('sha256', JSON.stringify([place.tenant, place.collection, place.source]), 'hex');
  return `d_${digest.slice(0, 24)}`;
}
