import type { z } from 'zod';

/**
 * Page cursors without state in the process. A cursor is bound to the caller, the tool and the other arguments, and
 * lives one hour (06 S-82).
 */
export interface Cursors {
  /** Turns a position (a small JSON value) into an opaque cursor of at most 1,024 characters. */
  seal(position: unknown): string;
  /**
   * Opens a cursor and parses the position in it.
   *
   * @throws InvalidCursor when it is foreign, altered, expired, or made for other arguments: JSON-RPC -32602.
   */
  open<T>(cursor: string, position: z.ZodType<T>): T;
}
