import type { RequestListener } from 'node:http';
import express, { type Express } from 'express';
import { sendJson, sendProblem } from '../wire/respond.ts';
import type { AdminDeps } from './admin-deps.ts';
import { createHandler } from './admin-request.ts';
import { IdempotentAnswers } from './idempotent-answers.ts';
import { reloadConfig, showConfig } from './config-routes.ts';
import { createKey, listKeys, revokeKey, showKey } from './key-routes.ts';
import { openApiDocument } from './open-api.ts';
import { listServers, showServer } from './server-routes.ts';

/** Makes the admin API, `/api/v1` (04 §13). It has no permission check of its own: each route asks the one decision function. */
export function createAdminApp(deps: AdminDeps): RequestListener {
  const app = createRoutes(deps);
  return function serveAdminPath(request, response) {
    // Express answers a path that does not decode by a page of its own.
    if (isDecodable(request.url ?? '')) app(request, response);
    else sendProblem(response, { ...unknownPath, status: 400, title: 'Bad Request' });
  };
}

function createRoutes(deps: AdminDeps): Express {
  const app = express();
  const answers = new IdempotentAnswers(deps.clock);
  const document = JSON.stringify(openApiDocument(deps.version));
  app.disable('x-powered-by').disable('etag');
  app.get('/api/v1/openapi.json', (_request, response) => void sendJson(response, { status: 200, body: document }));
  app.get('/api/v1/servers', createHandler(deps, listServers(deps)));
  app.get('/api/v1/servers/:name', createHandler(deps, showServer(deps)));
  app.get('/api/v1/keys', createHandler(deps, listKeys(deps)));
  app.post('/api/v1/keys', createHandler(deps, createKey(deps, answers)));
  app.get('/api/v1/keys/:id', createHandler(deps, showKey(deps)));
  app.delete('/api/v1/keys/:id', createHandler(deps, revokeKey(deps)));
  app.get('/api/v1/config', createHandler(deps, showConfig(deps)));
  app.post('/api/v1/config/reload', createHandler(deps, reloadConfig(deps)));
  app.use((_request, response) => void sendProblem(response, unknownPath));
  return app;
}

function isDecodable(url: string): boolean {
  try {
    decodeURIComponent(url);
    return true;
  } catch {
    return false;
  }
}

const unknownPath = {
  status: 404,
  code: 'NOT_FOUND',
  title: 'Not Found',
  detail: 'There is nothing at this path, or not for you. See /api/v1/openapi.json.',
} as const;
