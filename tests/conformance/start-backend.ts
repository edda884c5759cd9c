import { startTestService } from '@fairlead/server-kit/testing';
import { createConformanceFixture, startV1Fixture } from '@fairlead/testkit/conformance';

/** A fixture that runs. */
export interface RunningBackend extends AsyncDisposable {
  readonly mcpUrl: string;
  /** The fixture's own API key; absent where it has none. */
  readonly key: string | undefined;
  /** Whether it is one of our own services, which trust the gateway's identity. */
  readonly trust: 'internal' | 'external';
}

/** Starts a fixture. `jwksUrl`: the gateway whose callers it trusts; the one on SDK v1 trusts everybody. */
export async function startBackend(backend: 'server-kit' | 'v1', jwksUrl?: string): Promise<RunningBackend> {
  if (backend === 'v1') {
    const fixture = await startV1Fixture();
    return { ...fixture, key: undefined, trust: 'external' };
  }
  const { service, raw } = createConformanceFixture();
  const environment = jwksUrl === undefined ? {} : { GATEWAY_JWKS_URL: jwksUrl };
  const running = await startTestService(service, { raw, environment });
  return {
    mcpUrl: running.mcpUrl,
    key: running.keys['admin'],
    trust: 'internal',
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}
