import { expect, test } from 'vitest';
import { callerWith, makeSnapshot, toolNamed } from '../../test/support/make-snapshot.ts';
import { decide, type Subject } from './decide.ts';
import { mayReach } from './may-reach.ts';

const snapshot = makeSnapshot({
  data: {
    items: {
      tool: [toolNamed('query', 'data:read')],
      template: [
        { uriTemplate: 'db://{schema}/{table}', name: 't', _meta: { 'dev.fairlead/permission': 'data:read' } },
      ],
    },
  },
  github: { config: { trust: 'external' }, items: { tool: [toolNamed('search', 'data:read')] } },
});

function outcomeFor(allow: readonly string[], subject: Subject, deny: readonly string[] = []): string {
  return decide(snapshot, callerWith(allow, deny), subject).outcome;
}

function tool(name: string): Subject {
  const item = snapshot.merged.tools.get(name);
  if (item === undefined) throw new RangeError(name);
  return { kind: 'item', item };
}

test('04 G-35: a tool is allowed by its area, by its name, and by its server', () => {
  expect(outcomeFor(['data:read'], tool('data__query'))).toBe('allow');
  expect(outcomeFor(['tool:data__q*'], tool('data__query'))).toBe('allow');
  expect(outcomeFor(['server:data'], tool('data__query'))).toBe('allow');
  expect(outcomeFor(['data:write', 'tool:github__*'], tool('data__query'))).toBe('hidden');
});

test('04 G-36: a third-party server that claims our area gives nothing away', () => {
  expect(outcomeFor(['data:*'], tool('github__search'))).toBe('hidden');
});

test('the rule that allowed is named, for the record', () => {
  expect(decide(snapshot, callerWith(['x:y', 'data:*']), tool('data__query'))).toEqual({
    outcome: 'allow',
    rule: 'data:*',
  });
});

test('a URI is allowed by the template that it comes from, and a denied one is not', () => {
  const item = snapshot.merged.items.template[0];
  const uri: Subject = { kind: 'uri', server: 'data', uri: 'db://hr/salaries', item };

  expect(outcomeFor(['data:read'], uri)).toBe('allow');
  expect(outcomeFor(['data:read'], uri, ['resource:data:db://hr/*'])).toBe('hidden');
  expect(outcomeFor(['resource:data:db://hr/*'], uri)).toBe('allow');
});

test('a URI that no list has is allowed by its own permission or its server only', () => {
  const uri: Subject = { kind: 'uri', server: 'data', uri: 'db://x', item: undefined };

  expect(outcomeFor(['data:*'], uri)).toBe('hidden');
  expect(outcomeFor(['resource:data:*'], uri)).toBe('allow');
});

test('the admin API asks the same function', () => {
  expect(outcomeFor(['admin:keys'], { kind: 'admin', thing: 'keys' })).toBe('allow');
  expect(outcomeFor(['admin:servers'], { kind: 'admin', thing: 'keys' })).toBe('hidden');
  expect(outcomeFor(['*'], { kind: 'admin', thing: 'keys' }, ['admin:*'])).toBe('hidden');
});

test('06 N04: the route of a server exists for those who see something on it', () => {
  const unknown = makeSnapshot({
    data: { isUnknown: true },
    github: { isUnknown: true, config: { trust: 'external' } },
  });
  const reaches = (from: typeof snapshot, name: string, allow: readonly string[]): boolean => {
    const server = from.servers.get(name);
    return server !== undefined && mayReach(from, callerWith(allow), server);
  };

  expect(reaches(snapshot, 'data', ['data:read'])).toBe(true);
  expect(reaches(snapshot, 'data', ['data:write'])).toBe(false);
  expect(reaches(snapshot, 'data', ['server:data'])).toBe(true);
  // Before the first discovery nobody knows what is there: who might see something learns that the server is down.
  expect(reaches(unknown, 'data', ['data:write'])).toBe(true);
  expect(reaches(unknown, 'github', ['github:read'])).toBe(false);
  expect(reaches(unknown, 'github', ['tool:github__*'])).toBe(true);
});
