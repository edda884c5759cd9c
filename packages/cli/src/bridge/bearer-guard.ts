import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopback } from '@fairlead/server-kit/runtime';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

/** Decides by the `Authorization` header whether a caller may use the bridge. */
export type BearerGuard = (authorization: string | undefined) => boolean;

const tokenCharactersMin = 16;

/**
 * Makes the guard. On loopback a token is optional: only programs of this machine get here. Elsewhere it is needed,
 * because the server behind may do all that its owner may.
 *
 * @throws CliError (usage) without a token off loopback, or with one that could be guessed (06 N08).
 */
export function createBearerGuard(token: string | undefined, boundHost: string): BearerGuard {
  if (token === undefined || token === '') {
    if (isLoopback(boundHost)) return () => true;
    throw refuse(`--host ${boundHost} can be reached from other machines, and BRIDGE_TOKEN is not set.`);
  }
  if (token.length < tokenCharactersMin || new Set(token).size < 4) throw refuse('BRIDGE_TOKEN can be guessed.');
  const expected = digest(token);
  return (authorization) => {
    const [, given] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
    // Digests are of one length, so the comparison tells nothing of the token's.
    return given !== undefined && timingSafeEqual(digest(given), expected);
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function refuse(message: string): CliError {
  return new CliError(exitCode.usage, message, { fix: 'export BRIDGE_TOKEN=$(openssl rand -hex 32)' });
}
