import type { RequestListener } from 'node:http';
import { sendProblem } from '../wire/respond.ts';
import type { AdminDeps } from './admin-deps.ts';

/**
 * Serves the admin API, and loads it and Express at the first request: a gateway that is never asked for it does not
 * carry it.
 */
export function loadAdminApp(deps: AdminDeps): RequestListener {
  let loading: Promise<RequestListener> | undefined;
  return function serveAdmin(request, response) {
    loading ??= import('./admin-app.ts').then(({ createAdminApp }) => createAdminApp(deps));
    void loading.then(
      (app) => app(request, response),
      (error: unknown) => {
        loading = undefined;
        deps.log.error({ err: error }, 'admin.load_failed');
        sendProblem(response, unavailable);
      },
    );
  };
}

const unavailable = {
  status: 503,
  code: 'UNAVAILABLE',
  title: 'Service Unavailable',
  detail: 'The admin API cannot be loaded. The operator finds the reason in the log.',
} as const;
