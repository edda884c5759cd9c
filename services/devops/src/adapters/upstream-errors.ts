import { RateLimited, Timeout, Unavailable } from '@fairlead/server-kit/runtime';
import { cutText } from '../domain/cut-text.ts';

/** How an outside system is called in texts, and by which settings an operator mends it. */
export interface UpstreamNames {
  /** `GitHub`, `Slack`. */
  readonly system: string;
  readonly urlSetting: string;
  readonly tokenSetting: string;
  /** Takes secrets out of a text (06 S-97). */
  readonly redact: (text: string) => string;
}

/** Whether the outside system may hold a change although the call failed. */
export type AfterFailure = 'unchanged' | 'maybe_changed';

/** Makes the errors that say how a call of one outside system failed (05 §3). */
export interface UpstreamErrors {
  /** It did not answer, or answered that it cannot (5xx). */
  down(after: AfterFailure, cause: unknown): Unavailable;
  /** It took longer than the time limit. */
  timedOut(after: AfterFailure, cause: unknown): Timeout;
  /** It asks to come back later. */
  rateLimited(retryAfterSeconds: number | undefined, cause: unknown): RateLimited;
  /** It does not take the token, or the token's rights are too small. */
  tokenRefused(reason: string, cause: unknown): Unavailable;
  /** It understood the request and refuses it. */
  refused(reason: string, cause: unknown): Unavailable;
  /** It answered in a form that this server does not know. */
  garbled(after: AfterFailure, cause: unknown): Unavailable;
}

const reasonCharactersMax = 500;

/** Makes the errors of one outside system. */
export function upstreamErrors({ system, urlSetting, tokenSetting, redact }: UpstreamNames): UpstreamErrors {
  const shorten = (reason: string): string =>
    cutText(redact(reason).replaceAll(/[\s\p{Cc}]+/gu, ' '), reasonCharactersMax);

  return {
    down: (after, cause) =>
      new Unavailable('UPSTREAM_DOWN', {
        publicMessage: `${system} did not answer, or answered that it cannot. ${whatChanged(after)}`,
        fix: after === 'unchanged' ? 'Try again in a moment.' : `Look in ${system} before you try again.`,
        retryable: after === 'unchanged',
        details: { system },
        cause,
      }),
    timedOut: (after, cause) =>
      new Timeout('UPSTREAM_TIMEOUT', {
        publicMessage: `${system} did not answer in time. ${whatChanged(after)}`,
        fix: after === 'unchanged' ? 'Try again, or ask for less.' : `Look in ${system} before you try again.`,
        retryable: after === 'unchanged',
        details: { system },
        cause,
      }),
    rateLimited: (seconds, cause) =>
      new RateLimited('UPSTREAM_RATE_LIMITED', {
        publicMessage: `${system} takes no more requests of this server for now. Nothing was changed.`,
        fix: seconds === undefined ? 'Try again in a few minutes.' : `Try again in ${seconds} s.`,
        details: { system, ...(seconds !== undefined && { retry_after_s: seconds }) },
        cause,
      }),
    tokenRefused: (reason, cause) =>
      new Unavailable('UPSTREAM_AUTH', {
        publicMessage: `${system} refuses the token of this server: ${shorten(reason)}`,
        fix: `Ask the operator to check ${tokenSetting} and its rights.`,
        retryable: false,
        details: { system, setting: tokenSetting, reason: shorten(reason) },
        cause,
      }),
    refused: (reason, cause) =>
      new Unavailable('UPSTREAM_REFUSED', {
        publicMessage: `${system} refused the request: ${shorten(reason)}`,
        fix: 'Change what the reason names, then call again.',
        retryable: false,
        details: { system, reason: shorten(reason) },
        cause,
      }),
    garbled: (after, cause) =>
      new Unavailable('UPSTREAM_DOWN', {
        publicMessage: `What answered for ${system} is not ${system}, or a version that this server does not know. ${whatChanged(after)}`,
        fix: `Ask the operator to check ${urlSetting}.`,
        retryable: false,
        details: { system, setting: urlSetting },
        cause,
      }),
  };
}

function whatChanged(after: AfterFailure): string {
  return after === 'unchanged' ? 'Nothing was changed.' : 'It may have done what was asked all the same.';
}
