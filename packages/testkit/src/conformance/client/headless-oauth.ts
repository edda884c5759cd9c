import { randomUUID } from 'node:crypto';
import type {
  OAuthClientProvider,
  StoredOAuthClientInformation,
  StoredOAuthTokens,
} from '@modelcontextprotocol/client';

/** Where the suite looks for the metadata of a client that has no registration (SEP-991). */
const CLIENT_METADATA_URL = 'https://conformance-test.local/client-metadata.json';
/** Nothing listens there: the code is taken from the redirect itself. */
const REDIRECT_URL = 'http://127.0.0.1:1/callback';

/** A registration that the test's context hands to the client. */
export interface GivenClient {
  readonly client_id: string;
  readonly client_secret?: string | undefined;
}

/** An OAuth client without a person in front of it. */
export interface HeadlessOauth extends OAuthClientProvider {
  /** Parameters of the last redirect back from the authorization server. Gone after they were taken; none when it never consents. */
  takeCallback?(): URLSearchParams | undefined;
}

/** Makes one that consents at once to whatever it is asked, with its registrations and tokens kept by issuer, so that none is shown to another one (SEP-2352). */
export function createHeadlessOauth(given?: GivenClient): HeadlessOauth {
  const registrations = new Map<string, StoredOAuthClientInformation>();
  const tokens = new Map<string, StoredOAuthTokens>();
  let lastTokens: StoredOAuthTokens | undefined;
  let verifier = '';
  let callback: URLSearchParams | undefined;
  return {
    redirectUrl: REDIRECT_URL,
    clientMetadataUrl: CLIENT_METADATA_URL,
    clientMetadata: {
      client_name: 'fairlead-client-under-test',
      redirect_uris: [REDIRECT_URL],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    state: () => randomUUID(),
    clientInformation: (context) => given ?? registrations.get(context?.issuer ?? ''),
    saveClientInformation: (information, context) => void registrations.set(context?.issuer ?? '', information),
    tokens: (context) => (context === undefined ? lastTokens : tokens.get(context.issuer)),
    saveTokens(saved, context) {
      lastTokens = saved;
      tokens.set(context?.issuer ?? '', saved);
    },
    saveCodeVerifier: (saved) => void (verifier = saved),
    codeVerifier: () => verifier,
    async redirectToAuthorization(url) {
      callback = await consent(url);
    },
    takeCallback() {
      const taken = callback;
      callback = undefined;
      return taken;
    },
  };
}

/** What a browser would bring back. */
async function consent(url: URL): Promise<URLSearchParams> {
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (location === null) throw new TypeError(`the authorization server answered ${response.status} and no redirect`);
  return new URL(location).searchParams;
}
