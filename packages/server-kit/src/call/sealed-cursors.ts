import { hash } from 'node:crypto';
import type { Principal } from '@fairlead/contracts';
import type { z } from 'zod';
import type { Cursors } from '../define/cursors.ts';
import type { Sealer } from '../runtime/sealer.ts';
import { canonicalJson } from './canonical-json.ts';
import { invalidCursor } from './rpc-error.ts';

const TTL_SECONDS = 3_600;

/** To whom and to what a cursor belongs. */
export interface CursorBinding {
  readonly principal: Principal;
  /** Name of the tool or method that pages. */
  readonly subject: string;
  /** The arguments; `cursor` among them is left out. */
  readonly input: Readonly<Record<string, unknown>>;
}

/** Makes the cursors of one call. The binding is hashed on first use, since most calls page nothing (06 S-82). */
export function createCursors(sealer: Sealer, binding: CursorBinding): Cursors {
  let aad: string | undefined;
  const boundTo = (): string => (aad ??= bindingText(binding));
  return {
    seal: (position) => sealer.seal(JSON.stringify(position), boundTo(), TTL_SECONDS),
    open<T>(cursor: string, position: z.ZodType<T>): T {
      const text = sealer.open(cursor, boundTo());
      if (text === undefined) throw invalidCursor();
      const parsed = position.safeParse(JSON.parse(text));
      if (!parsed.success) throw invalidCursor();
      return parsed.data;
    },
  };
}

/** One text for who pages what with which arguments; also binds the state of a call that asks. */
export function bindingText({ principal, subject, input }: CursorBinding): string {
  const { cursor: _, ...rest } = input;
  const caller = [principal.issuer ?? '', principal.sub, principal.keyId ?? '', principal.tenant ?? ''];
  return hash('sha256', JSON.stringify([...caller, subject, canonicalJson(rest)]), 'base64url');
}
