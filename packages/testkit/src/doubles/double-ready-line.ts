import { z } from 'zod';

const common = { ready: z.literal(true), url: z.url(), apiUrl: z.url(), token: z.string() };

/** The one line that a double's process prints when it answers: what a fleet needs to point a service at it. */
export const doubleReadyLine = z.discriminatedUnion('service', [
  z.strictObject({ ...common, service: z.literal('github'), repositories: z.array(z.string()) }),
  z.strictObject({ ...common, service: z.literal('slack'), channels: z.record(z.string(), z.string()) }),
]);
export type DoubleReadyLine = z.infer<typeof doubleReadyLine>;
