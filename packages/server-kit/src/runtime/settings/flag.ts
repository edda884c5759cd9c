import { z } from 'zod';

/** Schema of a setting that is on or off, written `true` or `false`. Give it a default: `flag().default(false)`. */
export function flag(): z.ZodType<boolean, 'true' | 'false'> {
  return z.enum(['true', 'false']).transform((value) => value === 'true');
}
