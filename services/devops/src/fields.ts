import { z } from 'zod';
import { resolveTime } from './domain/resolve-time.ts';

/** Whether a text names a time does not hang on when it is asked. */
const anyTime = new Date(0);

/** Input fields that several tools share, with the bounds of 05 §2. */
export const fields = {
  owner: z
    .string()
    .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/, 'is not the login of a user or organization')
    .describe('User or organization that owns the repository.'),
  repo: z
    .string()
    .regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/, 'is not a repository name without its owner')
    .describe('Name of the repository, without its owner.'),
  issueNumber: z.int().min(1).max(2_147_483_647).describe('Number of the issue in its repository.'),
  label: z.string().min(1).max(50),
  login: z.string().min(1).max(39),
  time: z
    .string()
    .regex(
      /^(?:now(?:-[0-9]{1,6}[smhd])?|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2}))$/,
      'is not RFC 3339, now, or now-15m (s, m, h, d)',
    )
    .refine((text) => resolveTime(text, anyTime) !== undefined, 'names no time: there is no such day or hour'),
  cursor: z.string().min(1).max(1_024).describe('next_cursor of the page before.'),
} as const;
