import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/** The passwords of the demo's database roles. */
export const demoPasswords = z.strictObject({ readOnly: z.string(), readWrite: z.string(), migrate: z.string() });
export type DemoPasswords = Readonly<z.infer<typeof demoPasswords>>;

/** New passwords; they are set at each start, so nothing has to keep them. */
export function newDemoPasswords(): DemoPasswords {
  return { readOnly: newPassword(), readWrite: newPassword(), migrate: newPassword() };
}

/** A password that nobody has to type. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
