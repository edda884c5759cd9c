import { z } from 'zod';

/** A refusal over plain HTTP, in the form of RFC 9457, with our stable `code` and the mend in `detail`. */
export const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string().optional(),
  code: z.string(),
  traceId: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

/** The media type of a problem document. */
export const problemMediaType = 'application/problem+json';
