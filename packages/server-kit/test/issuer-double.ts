import { KeyObject, sign as signBytes } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK, type JWTHeaderParameters } from 'jose';
import type { Fetch } from '../src/identity/key-set-request.ts';

interface SigningKey {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

/**
 * A double of a token issuer: it holds real keys, signs real tokens and answers for its key set through `fetch`. It is
 * reached by no network.
 */
export class IssuerDouble {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** Every address that was asked for. */
  readonly requested: string[] = [];
  /** While true, every request fails as a refused connection does. */
  isDown = false;
  readonly #keys = new Map<string, SigningKey>();
  readonly #published = new Set<string>();

  constructor(issuer = 'https://idp.example.com') {
    this.issuer = issuer;
    this.jwksUrl = `${issuer}/keys`;
  }

  /** Makes a key and publishes it. */
  async addKey(kid: string, alg = 'RS256'): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' };
    this.#keys.set(kid, { alg, privateKey, jwk });
    this.#published.add(kid);
  }

  /** Takes a key out of the published set; the double can still sign with it. */
  withdrawKey(kid: string): void {
    this.#published.delete(kid);
  }

  /** The public half of a key. */
  publicJwk(kid: string): JWK {
    return this.#key(kid).jwk;
  }

  /** Signs claims; `iss` is the issuer unless they name another. */
  async sign(kid: string, claims: Record<string, unknown>, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const { alg, privateKey } = this.#key(kid);
    return new SignJWT({ iss: this.issuer, ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey);
  }

  /** Signs any header and claims text, also such as no honest library writes. For RS256 keys. */
  signText(kid: string, header: string, claims: string): string {
    const input = `${Buffer.from(header).toString('base64url')}.${Buffer.from(claims).toString('base64url')}`;
    const privateKey = KeyObject.from(this.#key(kid).privateKey);
    return `${input}.${signBytes('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
  }

  readonly fetch: Fetch = async (url) => {
    this.requested.push(url);
    if (this.isDown) throw new TypeError('fetch failed');
    if (url === `${this.issuer}/.well-known/openid-configuration`) {
      return Response.json({ issuer: this.issuer, jwks_uri: this.jwksUrl });
    }
    if (url !== this.jwksUrl) return new Response('not here', { status: 404 });
    return Response.json({ keys: [...this.#published].map((kid) => this.publicJwk(kid)) });
  };

  #key(kid: string): SigningKey {
    const key = this.#keys.get(kid);
    if (key === undefined) throw new Error(`the double has no key ${kid}`);
    return key;
  }
}
