import { z } from 'zod';

/** Input fields that several tools share, with the bounds of 05 §2. */
export const fields = {
  collection: z
    .string()
    .regex(/^[a-z][a-z0-9-]{1,62}$/, 'is not 2 to 63 lower-case letters, digits and hyphens, beginning with a letter'),
  cursor: z.string().min(1).max(1_024).optional().describe('next_cursor of the page before.'),
} as const;
