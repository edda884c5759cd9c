import type { Secret } from '@fairlead/server-kit/runtime';

/** A database from the settings: how callers know it, and how it is reached. */
export interface DatabaseSource {
  readonly id: string;
  readonly description: string;
  /** `postgres://` URL of the role that only reads. */
  readonly url: Secret;
  /** Schemas that may be read; at least one. */
  readonly schemas: readonly string[];
}
