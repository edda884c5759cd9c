import type { Secret } from './secret.ts';

/** Replaces what looks like a credential, and every known secret, by `***`. */
export type Redactor = (text: string) => string;

const mask = '***';
const secretCharactersMin = 4;

/**
 * Makes a redactor (06 S-97). It knows the token forms of common systems, header, URL and `name=value` credentials,
 * and the given secrets in clear, JSON-escaped, base64 and URL-encoded form, also inside longer base64. Works in time
 * linear in the text.
 *
 * Secrets shorter than 4 characters are left alone: hiding every `1` would hide the log.
 */
export function createRedactor({ secrets = [] }: { readonly secrets?: readonly Secret[] } = {}): Redactor {
  const known = knownSecrets(secrets);
  return function redact(text) {
    const cleared = known === undefined ? text : text.replace(known, mask);
    return cleared
      .replace(tokens, mask)
      .replace(userinfo, `$1${mask}@`)
      .replace(headers, `$1${mask}`)
      .replace(assignments, `$1${mask}`);
  };
}

// A lookbehind keeps each token pattern from starting in the middle of a run, which bounds the work and spares words
// like `task-`. Every quantified part is bounded or ends where the next attempt starts.
const tokens = new RegExp(
  [
    String.raw`(?<![A-Za-z0-9])gh[pousr]_[A-Za-z0-9]{16,255}`,
    String.raw`(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{16,255}`,
    String.raw`(?<![A-Za-z0-9])xox[abeprs]-[A-Za-z0-9-]{8,255}`,
    String.raw`(?<![A-Za-z0-9])xapp-[A-Za-z0-9-]{8,255}`,
    String.raw`(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])`,
    String.raw`(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,64}`,
    String.raw`(?<![A-Za-z0-9])sk-[A-Za-z0-9_-]{16,255}`,
    String.raw`(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{16,255}`,
    String.raw`(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30,64}`,
    String.raw`(?<![A-Za-z0-9])flk_[A-Za-z0-9]{4,32}_[A-Za-z0-9_-]{16,255}`,
    String.raw`(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*`,
    String.raw`-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:[^-]|-(?!----))*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?`,
  ].join('|'),
  'g',
);

// The last @ before the path ends the user information, as in the WHATWG parser, so that an @ in a password is covered.
const userinfo = /(:\/\/)[^\s/?#"'<>\\]+@/g;

const headers = /((?:authorization|cookie)\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?)[^\r\n"'\\]+/gi;

const assignments =
  /((?:password|passwd|secret|token|api[-_]?key)\\{0,3}["']?\s{0,4}[=:]\s{0,4})(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?|\\{1,3}["'][^"'\\]*|[^\s"',;&<>\\]+)/gi;

function knownSecrets(secrets: readonly Secret[]): RegExp | undefined {
  const values = secrets.map((secret) => secret.reveal()).filter((value) => value.length >= secretCharactersMin);
  const forms = new Set(values.flatMap(formsOf));
  if (forms.size === 0) return undefined;
  // Longest first: where one form begins another, the rest of the longer one must not stay.
  const literals = [...forms].toSorted((a, b) => b.length - a.length).map((form) => RegExp.escape(form));
  return new RegExp(literals.join('|'), 'g');
}

function formsOf(value: string): readonly string[] {
  const urlEncoded = encodeURIComponent(value.toWellFormed());
  return [
    value,
    JSON.stringify(value).slice(1, -1),
    urlEncoded,
    urlEncoded.replaceAll('%20', '+'),
    ...base64Forms(Buffer.from(value)),
  ].filter((form) => form.length >= secretCharactersMin);
}

/** Base64 of a value at each of the three places that it can have in longer base64, without the digits that neighbours share. */
function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor((padded.length * 8) / 6);
    return [padded.toString('base64').slice(first, last), padded.toString('base64url').slice(first, last)];
  });
}
