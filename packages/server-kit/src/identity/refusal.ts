/** Why a request is not let in. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 503;
  readonly code: RefusalCode;
  /** For the caller: what is wrong and what to do. Holds nothing of the credential. */
  readonly publicMessage: string;
  /** Whether the request carried a credential: a 401 then says `error="invalid_token"` (04 G-61). */
  readonly hadCredential: boolean;
}

/** Codes of refusals; `identityErrorCodes` says when each happens. */
export type RefusalCode =
  | 'AUTH_REQUIRED'
  | 'AUTH_INVALID'
  | 'AUTH_EXPIRED'
  | 'AUTH_AMBIGUOUS'
  | 'AUTH_NO_ROLE'
  | 'AUTH_UNAVAILABLE';

/** Whether the answer of an authenticator is a refusal. */
export function isRefusal(answer: object): answer is Refusal {
  return 'hadCredential' in answer;
}

/** Answers a request without a credential. */
export function credentialMissing(): Refusal {
  return {
    status: 401,
    code: 'AUTH_REQUIRED',
    publicMessage: 'No credential. Send "Authorization: Bearer <API key or token>" or the X-API-Key header.',
    hadCredential: false,
  };
}

/** Answers every request of a server that knows no callers. */
export function noIdentitySource(hadCredential: boolean): Refusal {
  return {
    status: 401,
    code: 'AUTH_REQUIRED',
    publicMessage:
      'This server has no identity source, so it lets nobody in. Its operator sets IDENTITY_FILE or GATEWAY_JWKS_URL.',
    hadCredential,
  };
}

/** Answers a credential that is not good; `publicMessage` says why and what to do. */
export function credentialInvalid(publicMessage: string): Refusal {
  return { status: 401, code: 'AUTH_INVALID', publicMessage, hadCredential: true };
}

/** Answers a credential that has ended. */
export function credentialExpired(publicMessage: string): Refusal {
  return { status: 401, code: 'AUTH_EXPIRED', publicMessage, hadCredential: true };
}

/** Answers a request with two credentials: which one would count is not for us to guess (04 G-58). */
export function credentialAmbiguous(publicMessage: string): Refusal {
  return { status: 400, code: 'AUTH_AMBIGUOUS', publicMessage, hadCredential: true };
}

/** Answers a caller who is known and may do nothing (04 G-33). */
export function roleMissing(sub: string): Refusal {
  return {
    status: 403,
    code: 'AUTH_NO_ROLE',
    publicMessage: `You are seen as "${sub}", and no role of yours gives a permission here. Ask an administrator for a role.`,
    hadCredential: true,
  };
}

/** Answers a token whose issuer's keys cannot be read now; the token itself may be good. */
export function issuerUnavailable(): Refusal {
  return {
    status: 503,
    code: 'AUTH_UNAVAILABLE',
    publicMessage:
      'The token cannot be checked now, since the keys of its issuer cannot be read. Try again in a minute.',
    hadCredential: true,
  };
}
