import { z } from 'zod';

/** Ids of databases and roots (05 §2). */
export const idPattern = /^[a-z][a-z0-9_-]{0,31}$/;

/** The `database` argument of every tool that has one. */
export const databaseField = z
  .string()
  .regex(idPattern)
  .optional()
  .describe('Id from list_databases. Default: the first one.');

/** The `cursor` argument of every tool that pages. */
export const cursorField = z.string().min(1).max(1_024).optional().describe('next_cursor of the page before.');
