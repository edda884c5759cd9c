import { expect, test } from 'vitest';
import { makeSnapshot, toolNamed } from '../../test/support/make-snapshot.ts';

test('04 G-28: names on /mcp are the server, two underscores, and the name there', () => {
  const { merged, servers } = makeSnapshot({ data: { items: { tool: [toolNamed('query_database')] } } });

  expect([...merged.tools.keys()]).toEqual(['data__query_database']);
  expect([...(servers.get('data')?.route.tools.keys() ?? [])]).toEqual(['query_database']);
});

test('04 G-28: other characters become an underscore, and two names that then collide are told apart', () => {
  const { merged } = makeSnapshot({ data: { items: { tool: [toolNamed('a/b'), toolNamed('a b')] } } });

  expect([...merged.tools.keys()]).toEqual(['data__a_b', expect.stringMatching(/^data__a_b_[0-9a-f]{4}$/)]);
  expect([...merged.tools.values()].map(({ name }) => name).toSorted()).toEqual(['a b', 'a/b']);
});

test('03 §4: a name that is too long for /mcp stays on the route of its server, and its status says so', () => {
  const long = 'a'.repeat(127);
  const { merged, servers } = makeSnapshot({ data: { items: { tool: [toolNamed(long)] } } });

  expect(merged.tools.size).toBe(0);
  expect(servers.get('data')?.route.tools.has(long)).toBe(true);
  expect(servers.get('data')?.dropped).toEqual([
    expect.objectContaining({ name: long, reason: expect.stringContaining('longer than 128') }),
  ]);
});

test('04 G-28: without prefix the first of two equal names keeps it, by the order of the servers', () => {
  const plain = { config: { prefix: false }, items: { tool: [toolNamed('search')] } };
  const { merged, servers } = makeSnapshot({ beta: plain, alpha: plain });

  expect(merged.tools.get('search')?.server).toBe('alpha');
  expect(servers.get('beta')?.dropped).toEqual([
    expect.objectContaining({ name: 'search', reason: expect.stringContaining('same name') }),
  ]);
});

test('03 N2, L8: a bad item costs itself only', () => {
  const tool = [
    toolNamed('good'),
    toolNamed('good'),
    { name: 'no_schema' },
    { inputSchema: { type: 'object' } },
    'text',
    toolNamed('also_good'),
  ];
  const { servers } = makeSnapshot({ data: { items: { tool } } });
  const data = servers.get('data');

  expect([...(data?.route.tools.keys() ?? [])]).toEqual(['also_good', 'good']);
  expect(data?.dropped.map(({ reason }) => reason)).toEqual([
    'is listed twice',
    expect.stringContaining('inputSchema'),
    'has no name',
    'is no object',
  ]);
});

test('03 L8: a definition beyond 64 KiB is left out', () => {
  const { servers } = makeSnapshot({
    data: { items: { tool: [{ ...toolNamed('huge'), description: 'x'.repeat(70_000) }] } },
  });

  expect(servers.get('data')?.dropped).toEqual([
    expect.objectContaining({ name: 'huge', reason: 'is larger than 64 KiB' }),
  ]);
});

test('04 G-36: an area:verb counts from an internal server of that area only', () => {
  const tool = [
    toolNamed('mine', 'data:read'),
    toolNamed('foreign', 'devops:write'),
    toolNamed('nonsense', 'not a permission'),
  ];
  const permissionsOf = (trust: 'internal' | 'external', area?: string) =>
    [
      ...makeSnapshot({
        data: { config: { trust, ...(area === undefined ? {} : { area }) }, items: { tool } },
      }).merged.tools.values(),
    ].map(({ areaPermission }) => areaPermission);

  expect(permissionsOf('internal')).toEqual([undefined, 'data:read', undefined]);
  expect(permissionsOf('internal', 'devops')).toEqual(['devops:write', undefined, undefined]);
  expect(permissionsOf('external')).toEqual([undefined, undefined, undefined]);
});

test('04 G-36: the effect of a third-party tool is destructive unless config says otherwise', () => {
  const tool = [
    { ...toolNamed('search_code', 'github:read', 'read'), annotations: { readOnlyHint: true } },
    toolNamed('delete_repo'),
  ];
  const { merged } = makeSnapshot({
    github: { config: { trust: 'external', effects: { 'search_*': 'read' } }, items: { tool } },
  });

  expect(merged.tools.get('github__search_code')).toMatchObject({ effect: 'read', isRepeatable: true });
  expect(merged.tools.get('github__delete_repo')).toMatchObject({ effect: 'destructive', isRepeatable: false });
});
