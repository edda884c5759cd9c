import type { z } from 'zod';
import type { ServerView } from '../catalog/snapshot.ts';
import { LEGACY_VERSIONS, MODERN_VERSION } from '../wire/protocol.ts';
import type { serverDetail, serverSummary } from './admin-schemas.ts';

/** A server as the list shows it. */
export function toSummary({ name, config, status, route }: ServerView): z.input<typeof serverSummary> {
  const { tool, prompt, resource, template } = route.items;
  return {
    name,
    state: status.state,
    since: status.since.toISOString(),
    url: shownUrl(config.url),
    ...(config.owner === undefined ? {} : { owner: config.owner }),
    trust: config.trust,
    items: { tools: tool.length, prompts: prompt.length, resources: resource.length, templates: template.length },
    ...(status.lastError === undefined ? {} : { lastError: status.lastError }),
    ...(status.nextTryAt === undefined ? {} : { nextTryAt: status.nextTryAt.toISOString() }),
  };
}

/** A server with what was left out of its lists. */
export function toDetail(server: ServerView): z.input<typeof serverDetail> {
  const { listing, dropped } = server;
  const serves = listing?.serves ?? [];
  return {
    ...toSummary(server),
    protocolVersions: [
      ...(serves.includes('modern') ? [MODERN_VERSION] : []),
      ...(serves.includes('legacy') ? LEGACY_VERSIONS : []),
    ],
    dropped: dropped.map(({ kind, name, reason }) => ({ kind, name, reason })),
    notices: [...(listing?.notices ?? [])],
  };
}

/** A URL may hold a credential in its user part or its query. */
function shownUrl(text: string): string {
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
}
