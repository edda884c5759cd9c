import { Conflict, ServiceError } from '@fairlead/server-kit/runtime';
import type { AdminDeps, ConfigView } from './admin-deps.ts';
import type { AdminRoute } from './admin-request.ts';
import { reloadAnswer, shownConfig } from './admin-schemas.ts';
import { entityTag } from './entity-tag.ts';
import { maskedConfig } from './masked-config.ts';

/** `GET /config`: the config in force with every secret as `***` and its source (04 G-84). */
export function showConfig({ config }: AdminDeps): AdminRoute {
  return {
    thing: 'policy',
    isEntry: false,
    handle({ response }) {
      const shown = shownConfig.parse(toShown(config.show()));
      response.set('ETag', entityTag(shown)).json(shown);
    },
  };
}

/** `POST /config/reload`: looks at the file now. A file that is not valid is refused with its lines, and changes nothing. */
export function reloadConfig({ config }: AdminDeps): AdminRoute {
  return {
    thing: 'policy',
    isEntry: false,
    async handle({ response }) {
      response.json(reloadAnswer.parse(await config.reload().catch(refuseFile)));
    },
  };
}

/** The request was good, the file is not: told as a conflict with what lies there. */
function refuseFile(error: unknown): never {
  if (!ServiceError.is(error)) throw error;
  const { publicMessage, details } = error;
  throw new Conflict('CONFIG_INVALID', { publicMessage, details, cause: error });
}

function toShown({ config, file, digest, loadedAt, failure, needsRestart }: ConfigView): unknown {
  return {
    config: maskedConfig(config),
    file,
    digest,
    loadedAt: loadedAt.toISOString(),
    state: failure === undefined ? 'current' : 'stale',
    ...(failure === undefined ? {} : { reason: failure.publicMessage }),
    problems: failure?.details['problems'] ?? [],
    needsRestart,
  };
}
