import { serverDetail, serverPage, pageQuery } from './admin-schemas.ts';
import type { AdminDeps } from './admin-deps.ts';
import { unknownEntry, type AdminRoute } from './admin-request.ts';
import { entityTag } from './entity-tag.ts';
import { pageOf } from './page.ts';
import { parseInput } from './parse-input.ts';
import { toDetail, toSummary } from './server-entry.ts';

/** `GET /servers`: the servers and how they are (04 §13). */
export function listServers({ snapshot }: AdminDeps): AdminRoute {
  return {
    thing: 'servers',
    isEntry: false,
    handle({ request, response }) {
      const { entries, nextCursor } = pageOf(
        [...snapshot().servers.values()],
        ({ name }) => name,
        parseInput(pageQuery, request.query),
      );
      response.json(serverPage.parse({ servers: entries.map(toSummary), nextCursor }));
    },
  };
}

/** `GET /servers/{name}`: one server, with what was left out of its lists. */
export function showServer({ snapshot }: AdminDeps): AdminRoute {
  return {
    thing: 'servers',
    isEntry: true,
    handle({ request, response }) {
      const { name } = request.params;
      const server = typeof name === 'string' ? snapshot().servers.get(name) : undefined;
      if (server === undefined) throw unknownEntry();
      const shown = serverDetail.parse(toDetail(server));
      response.set('ETag', entityTag(shown)).json(shown);
    },
  };
}
