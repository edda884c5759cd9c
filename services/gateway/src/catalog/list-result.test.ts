import { expect, test } from 'vitest';
import { callerWith, makeSnapshot, toolNamed } from '../../test/support/make-snapshot.ts';
import { listResult } from './list-result.ts';
import { discoverResult, initializeResult } from './opening-result.ts';

const serverInfo = { name: 'fairlead', version: '0' };
const everything = callerWith(['*']);

test('03 L7: a definition passes as it came, but for its name', () => {
  const definition = {
    name: 'q',
    title: 'Q',
    inputSchema: { type: 'object', $defs: { a: {} }, $schema: 'x' },
    icons: [{ src: 'y' }],
    execution: { taskSupport: 'optional' },
    vendor: { deep: [1, { two: null }] },
    _meta: { other: 1 },
  };
  const snapshot = makeSnapshot({ data: { items: { tool: [definition] } } });
  const request = { route: snapshot.merged, principal: everything, method: 'tools/list', serverInfo } as const;

  expect(JSON.parse(listResult(snapshot, { ...request, era: 'legacy' }).toString())).toEqual({
    tools: [{ ...definition, name: 'data__q' }],
  });
});

test('03 P-15, D6: a modern list says its type, its time to live and that it is private', () => {
  const snapshot = makeSnapshot({ data: { items: { tool: [toolNamed('q')] } } });
  const request = {
    route: snapshot.merged,
    principal: everything,
    method: 'tools/list',
    serverInfo,
    era: 'modern',
  } as const;

  expect(JSON.parse(listResult(snapshot, request).toString())).toMatchObject({
    resultType: 'complete',
    ttlMs: 60_000,
    cacheScope: 'private',
    _meta: { 'io.modelcontextprotocol/serverInfo': serverInfo },
  });
});

test('04 G-27: callers with equal permissions get the very same bytes', () => {
  const snapshot = makeSnapshot({ data: { items: { tool: [toolNamed('q', 'data:read')] } } });
  const listFor = (allow: string) =>
    listResult(snapshot, {
      route: snapshot.merged,
      principal: callerWith([allow]),
      method: 'tools/list',
      era: 'modern',
      serverInfo,
    });

  expect(listFor('data:read')).toBe(listFor('data:read'));
  expect(listFor('data:read')).not.toBe(listFor('devops:read'));
});

test('04 G-21: what a server that is down last said is shown, with the time since when it may be old', () => {
  const staleSince = new Date('2026-11-20T20:00:00.000Z');
  const snapshot = makeSnapshot({
    data: { status: { state: 'down', staleSince }, items: { tool: [toolNamed('q')] } },
    devops: { items: { tool: [toolNamed('r')] } },
  });
  const request = {
    route: snapshot.merged,
    principal: everything,
    method: 'tools/list',
    serverInfo,
    era: 'modern',
  } as const;

  expect(JSON.parse(listResult(snapshot, request).toString())).toMatchObject({
    tools: [{ name: 'data__q' }, { name: 'devops__r' }],
    _meta: { 'dev.fairlead/stale': { data: '2026-11-20T20:00:00.000Z' } },
  });
});

test('03 N4: the resource that a tool names for its user interface is renamed with the resource', () => {
  const ui = {
    name: 'chart',
    inputSchema: { type: 'object' },
    _meta: { ui: { resourceUri: 'ui://chart', other: 1 }, kept: true },
  };
  const snapshot = makeSnapshot({ data: { items: { tool: [ui] } } });
  const [tool] = JSON.parse(
    listResult(snapshot, {
      route: snapshot.merged,
      principal: everything,
      method: 'tools/list',
      era: 'legacy',
      serverInfo,
    }).toString(),
  ).tools;

  expect(snapshot.merged.uris.find(tool._meta.ui.resourceUri)).toMatchObject({ server: 'data', uri: 'ui://chart' });
  expect(tool._meta).toMatchObject({ kept: true, ui: { other: 1 } });
});

test('03 D2, D4, D5: /mcp introduces itself with what the servers of the caller can, and their instructions', () => {
  const snapshot = makeSnapshot({
    data: { opening: { instructions: 'Ask for data.' }, items: { tool: [toolNamed('q', 'data:read')] } },
    devops: { opening: { instructions: 'Secret of devops.' }, items: { tool: [toolNamed('r', 'devops:read')] } },
  });
  const discovered = JSON.parse(
    discoverResult(snapshot, { principal: callerWith(['data:read']), serverInfo }).toString(),
  );

  expect(discovered).toMatchObject({
    supportedVersions: ['2026-07-28'],
    instructions: '## data\nAsk for data.',
    _meta: { 'dev.fairlead/backends': { data: { state: 'up' } } },
  });
  expect(JSON.stringify(discovered)).not.toContain('devops');
  expect(Object.keys(discovered.capabilities).toSorted()).toEqual(['completions', 'prompts', 'resources', 'tools']);
});

test('03 E2: initialize answers the version that was asked for, or the newest that has it', () => {
  const snapshot = makeSnapshot({});
  const versionFor = (asked: string) =>
    initializeResult(snapshot, asked, { principal: everything, serverInfo })['protocolVersion'];

  expect(versionFor('2025-06-18')).toBe('2025-06-18');
  expect(versionFor('2026-07-28')).toBe('2025-11-25');
});

test('04 G-22: no visible server is a valid answer that says so', () => {
  const snapshot = makeSnapshot({ data: { items: { tool: [toolNamed('q', 'data:read')] } } });
  const result = initializeResult(snapshot, '2025-11-25', { principal: callerWith(['devops:read']), serverInfo });

  expect(result).toMatchObject({
    capabilities: { tools: {} },
    instructions: expect.stringContaining('No server offers you anything'),
  });
});
