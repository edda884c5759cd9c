import type { KeyRecord } from '@fairlead/contracts';
import type { KeyStore } from '@fairlead/server-kit/identity';
import { InvalidInput, Unavailable } from '@fairlead/server-kit/runtime';
import { createdKey, keyPage, newKey, pageQuery, shownKey, type NewKey, type ShownKey } from './admin-schemas.ts';
import type { AdminDeps } from './admin-deps.ts';
import { callerKey, unknownEntry, type AdminRoute } from './admin-request.ts';
import { entityTag, requireMatch } from './entity-tag.ts';
import type { IdempotentAnswers } from './idempotent-answers.ts';
import { pageOf } from './page.ts';
import { parseInput } from './parse-input.ts';
import { readJsonBody } from './read-json-body.ts';

/** `GET /keys`: all keys, revoked ones too. Never a hash, never a secret. */
export function listKeys(deps: AdminDeps): AdminRoute {
  return {
    thing: 'keys',
    isEntry: false,
    handle({ request, response }) {
      const { entries, nextCursor } = pageOf(
        requireStore(deps).list(),
        ({ id }) => id,
        parseInput(pageQuery, request.query),
      );
      response.json(keyPage.parse({ keys: entries.map(toShown), nextCursor }));
    },
  };
}

/** `POST /keys`: makes a key. Its secret is in this answer and nowhere else. */
export function createKey(deps: AdminDeps, answers: IdempotentAnswers): AdminRoute {
  return {
    thing: 'keys',
    isEntry: false,
    async handle(call) {
      const wanted = parseInput(newKey, await readJsonBody(call.request, call.response));
      requireKnownRoles(wanted, deps.roles());
      requireFuture(wanted, deps.clock);
      const make = async (): Promise<unknown> => makeKey(requireStore(deps), wanted);
      const idempotencyKey = call.request.get('Idempotency-Key');
      const made =
        idempotencyKey === undefined
          ? await make()
          : await answers.once(`${callerKey(call)} ${idempotencyKey}`, JSON.stringify(wanted), make);
      const { id, key } = createdKey.parse(made);
      call.response
        .status(201)
        .set({ Location: `/api/v1/keys/${id}`, 'Cache-Control': 'no-store' })
        .json({ id, key });
    },
  };
}

/** `GET /keys/{id}` */
export function showKey(deps: AdminDeps): AdminRoute {
  return {
    thing: 'keys',
    isEntry: true,
    handle({ request, response }) {
      const shown = findKey(requireStore(deps), request.params['id']);
      response.set('ETag', entityTag(shown)).json(shown);
    },
  };
}

/** `DELETE /keys/{id}`: revokes a key at once. Revoking it again changes nothing. */
export function revokeKey(deps: AdminDeps): AdminRoute {
  return {
    thing: 'keys',
    isEntry: true,
    async handle({ request, response }) {
      const store = requireStore(deps);
      const shown = findKey(store, request.params['id']);
      requireMatch(request.get('If-Match'), shown);
      await store.revoke(shown.id);
      response.status(204).end();
    },
  };
}

async function makeKey(
  store: KeyStore,
  { name, roles, tenant, expiresAt }: NewKey,
): Promise<{ id: string; key: string }> {
  const { record, key } = await store.create({
    name,
    roles,
    ...(tenant === undefined ? {} : { tenant }),
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt) }),
  });
  return { id: record.id, key };
}

function findKey(store: KeyStore, id: unknown): ShownKey {
  const record = store.list().find((one) => one.id === id);
  if (record === undefined) throw unknownEntry();
  return toShown(record);
}

function toShown({ hash: _hash, ...record }: KeyRecord): ShownKey {
  return shownKey.parse(record);
}

/** A role that no config has would give its key nothing, and nobody would notice. */
function requireKnownRoles({ roles }: NewKey, known: ReadonlySet<string>): void {
  const unknown = roles.find((role) => !known.has(role));
  if (unknown === undefined) return;
  throw new InvalidInput('INPUT_INVALID', {
    publicMessage: `roles: "${unknown}" is no role of the config. Known: ${[...known].join(', ')}.`,
  });
}

function requireFuture({ expiresAt }: NewKey, clock: AdminDeps['clock']): void {
  if (expiresAt === undefined || new Date(expiresAt) > clock.now()) return;
  throw new InvalidInput('INPUT_INVALID', {
    publicMessage: `expiresAt: ${expiresAt} is over. Give a time to come, or leave it out.`,
  });
}

function requireStore(deps: AdminDeps): KeyStore {
  const keys = deps.keys();
  if (keys !== undefined) return keys;
  throw new Unavailable('CONFIG_MISSING', {
    publicMessage: 'The gateway has no key store. Set identity.keys in its config.',
    retryable: false,
  });
}
