/** One note. `version` rises by one with each change. */
export interface Note {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly tags: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Address of the list of the caller's notes. */
export const noteListUri = 'notes://list';

/** Address of one note. */
export function noteUri(id: string): string {
  return `notes://${id}`;
}

/** Place of a note in every list: the last changed has the highest. Two notes never share one. */
export function notePlace({ updatedAt, id }: Note): string {
  return `${updatedAt.toISOString()} ${id}`;
}
