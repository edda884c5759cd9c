import {
  createPrivateKeyJwtAuth,
  type OAuthClientProvider,
  type StoredOAuthTokens,
} from '@modelcontextprotocol/client';

/** Credentials that stand for a program and not for a person: a secret, or a key that signs. */
export interface ServiceClient {
  readonly client_id: string;
  readonly client_secret?: string | undefined;
  readonly private_key_pem?: string | undefined;
  readonly signing_algorithm?: string | undefined;
}

/** An OAuth client that asks for tokens in its own name (SEP-1046). */
export function createServiceOauth(client: ServiceClient): OAuthClientProvider {
  const { client_id, client_secret, private_key_pem: privateKey, signing_algorithm: alg = 'ES256' } = client;
  let tokens: StoredOAuthTokens | undefined;
  return {
    redirectUrl: undefined,
    clientMetadata: { redirect_uris: [], grant_types: ['client_credentials'] },
    clientInformation: () => ({ client_id, ...(client_secret === undefined ? {} : { client_secret }) }),
    tokens: () => tokens,
    saveTokens: (saved) => void (tokens = saved),
    redirectToAuthorization() {},
    saveCodeVerifier() {},
    codeVerifier: () => '',
    prepareTokenRequest: (scope) =>
      new URLSearchParams({ grant_type: 'client_credentials', ...(scope === undefined ? {} : { scope }) }),
    ...(privateKey === undefined
      ? {}
      : {
          addClientAuthentication: createPrivateKeyJwtAuth({ issuer: client_id, subject: client_id, privateKey, alg }),
        }),
  };
}
