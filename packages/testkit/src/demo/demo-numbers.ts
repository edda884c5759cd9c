import { createXoshiro128, seedXoshiro128, type RandomSource } from './xoshiro128.ts';

/** The seed of all demo data (05 T-70). */
export const demoSeed = 20_261_120;

/** "Now" of the demo data: the fixed clock of 05 T-70, in seconds since 1970. Nothing in the data is later. */
export const demoNowSeconds = Date.UTC(2026, 10, 1) / 1_000;

/** Rows of each table. */
export const demoCounts = {
  customers: 10_000,
  products: 1_000,
  orders: 40_000,
  orderItems: 100_000,
  events: 100_000,
  duplicateCustomers: 120,
} as const;

/** Monday of ISO week 37 of 2026, 00:00 UTC, in seconds since 1970. */
export const week37StartSeconds = Date.UTC(2026, 8, 7) / 1_000;

/** The nine hours in which card payments failed in the EU: Wednesday of week 37, 08:00 to 17:00 UTC. */
export const outage = {
  startSeconds: Date.UTC(2026, 8, 9, 8) / 1_000,
  endSeconds: Date.UTC(2026, 8, 9, 17) / 1_000,
} as const;

/** The product with 14 % returns. */
export const returnedProductId = 417;

/** One stream per table: a change in one table leaves the bytes of the others alone. */
const streams = { customers: 1, contacts: 2, products: 3, orders: 4, events: 5 } as const;

/** The random numbers of one table. */
export function demoRandom(table: keyof typeof streams): RandomSource {
  return createXoshiro128(seedXoshiro128(demoSeed, streams[table]));
}
