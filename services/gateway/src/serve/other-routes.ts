import type { RequestListener } from 'node:http';
import type { HopSigner } from '@fairlead/server-kit/identity';
import { sendJson, sendProblem } from '../wire/respond.ts';
import type { OtherRoutes } from './front-door.ts';

/** What is served beside the MCP routes. */
export interface OtherRouteParts {
  readonly jwks: ReturnType<HopSigner['jwks']>;
  readonly admin: RequestListener;
}

/** Serves the hop keys and the admin API; every other path is unknown. */
export function createOtherRoutes({ jwks, admin }: OtherRouteParts): OtherRoutes {
  const keys = JSON.stringify(jwks);
  return function serveOther(request, response) {
    const [path = ''] = (request.url ?? '').split('?', 1);
    if (path.startsWith('/api/v1/')) return admin(request, response);
    if (path === '/.well-known/jwks.json' && request.method === 'GET') {
      return void sendJson(response, { status: 200, body: keys, headers: { 'Cache-Control': 'max-age=600' } });
    }
    sendProblem(response, {
      status: 404,
      code: 'NOT_FOUND',
      title: 'Not Found',
      detail: 'Nothing is here. MCP is at /mcp and /servers/<name>/mcp.',
    });
  };
}
