import { z } from 'zod';

const itemsMax = 1_000;

/** Schema of a setting that lists texts with commas between them. Spaces around items and empty items are dropped. */
export function commaList(): z.ZodType<readonly string[], string> {
  return z
    .string()
    .transform(splitItems)
    .refine((items) => items.length <= itemsMax, `has more than ${itemsMax} items`);
}

function splitItems(value: string): readonly string[] {
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
