import { expect, test } from 'vitest';
import { callerWith, makeSnapshot, toolNamed } from '../../test/support/make-snapshot.ts';
import { hopPermissions } from './hop-permissions.ts';

const snapshot = makeSnapshot({
  data: {
    items: {
      tool: [toolNamed('query', 'data:read'), toolNamed('write', 'data:write'), toolNamed('drop', 'data:drop')],
    },
  },
});
const data = snapshot.servers.get('data');

function permissionsFor(allow: readonly string[], deny: readonly string[] = []): readonly string[] {
  const principal = callerWith(allow, deny);
  return data === undefined ? [] : hopPermissions(data, principal, snapshot.access.of(principal));
}

test('sends the globs that lie in the service’s area', () => {
  expect(permissionsFor(['data:read', 'devops:*'])).toEqual(['data:read']);
  expect(permissionsFor(['*'])).toEqual(['data:*', 'data:drop', 'data:read', 'data:write']);
});

test('sends what a tool asks for when the tool is allowed by its name', () => {
  expect(permissionsFor(['tool:data__query'])).toEqual(['data:read']);
});

test('sends no glob that a deny touches, only what the visible items ask for', () => {
  expect(permissionsFor(['data:*'], ['data:drop'])).toEqual(['data:read', 'data:write']);
  expect(permissionsFor(['*'], ['data:d*'])).toEqual(['data:read', 'data:write']);
});

test('sends nothing of another area', () => {
  expect(permissionsFor(['devops:read', 'aiml:*'])).toEqual([]);
});
