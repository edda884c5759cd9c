import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { callerWith, makeSnapshot, toolNamed } from '../../test/support/make-snapshot.ts';
import { listResult } from '../catalog/list-result.ts';
import { findTarget } from '../serve/find-target.ts';
import { decide } from './decide.ts';

const verb = fc.constantFrom('read', 'write', 'files');
const serverName = fc.constantFrom('data', 'devops', 'github');
const toolName = fc.constantFrom('query', 'list', 'delete_all', 'search_code');

const server = fc.record({
  config: fc.record({ trust: fc.constantFrom('internal' as const, 'external' as const), prefix: fc.boolean() }),
  items: fc.record({
    tool: fc
      .uniqueArray(toolName, { maxLength: 4 })
      .chain((names) => fc.tuple(...names.map((name) => verb.map((one) => toolNamed(name, `data:${one}`))))),
    prompt: fc.uniqueArray(toolName, { maxLength: 2 }).map((names) => names.map((name) => ({ name }))),
    resource: fc
      .uniqueArray(fc.constantFrom('a://1', 'a://2', 'b://1'), { maxLength: 3 })
      .map((uris) => uris.map((uri) => ({ uri, name: uri }))),
  }),
});

const glob = fc.oneof(
  fc.constantFrom(
    '*',
    'data:*',
    'devops:*',
    'tool:*',
    'prompt:*',
    'resource:*',
    'tool:data__*',
    'tool:*query',
    'prompt:github__*',
    'resource:data:a://*',
  ),
  verb.map((one) => `data:${one}`),
  serverName.map((name) => `server:${name}`),
  fc.tuple(serverName, toolName).map(([name, tool]) => `tool:${name}__${tool}`),
);

const world = fc.record({
  servers: fc.dictionary(serverName, server, { minKeys: 1 }),
  allow: fc.array(glob, { maxLength: 4 }),
  deny: fc.array(glob, { maxLength: 3 }),
});

const lists = [
  { method: 'tools/list', field: 'tools', kind: 'tool', call: 'tools/call', key: 'name' },
  { method: 'prompts/list', field: 'prompts', kind: 'prompt', call: 'prompts/get', key: 'name' },
  { method: 'resources/list', field: 'resources', kind: 'resource', call: 'resources/read', key: 'uri' },
] as const;

test('04 G-32, 06 N03: what is listed can be called and what is not listed is unknown, on every route, in both eras', () => {
  fc.assert(
    fc.property(world, fc.constantFrom('modern' as const, 'legacy' as const), ({ servers, allow, deny }, era) => {
      const snapshot = makeSnapshot(servers);
      const principal = callerWith(allow, deny);
      const routes = [snapshot.merged, ...[...snapshot.servers.values()].map(({ route }) => route)];

      for (const route of routes) {
        for (const { method, field, kind, call, key } of lists) {
          const result = JSON.parse(listResult(snapshot, { route, principal, method, era, serverInfo: {} }).toString());
          const listed = new Set<string>(result[field].map((item: Record<string, string>) => item[key]));
          for (const item of route.items[kind]) {
            const target = findTarget(route, call, { [key]: route.nameOf(item) });
            const outcome = target.kind === 'found' ? decide(snapshot, principal, target.subject).outcome : 'unknown';

            expect({ name: route.nameOf(item), callable: outcome === 'allow' }).toEqual({
              name: route.nameOf(item),
              callable: listed.has(route.nameOf(item)),
            });
          }
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test('04 G-33: what a deny glob names is never listed, whatever is allowed', () => {
  fc.assert(
    fc.property(world, ({ servers, allow }) => {
      const snapshot = makeSnapshot(servers);
      const principal = callerWith(['*', ...allow], ['tool:*']);
      const result = JSON.parse(
        listResult(snapshot, {
          route: snapshot.merged,
          principal,
          method: 'tools/list',
          era: 'legacy',
          serverInfo: {},
        }).toString(),
      );

      expect(result.tools).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
