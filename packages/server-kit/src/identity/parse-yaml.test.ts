import { expect, test } from 'vitest';
import { z } from 'zod';
import { parseYaml } from './parse-yaml.ts';

const schema = z.strictObject({
  name: z.string(),
  ports: z.array(z.int()).default([]),
  roles: z.record(z.string(), z.strictObject({ allow: z.array(z.string()) })).default({}),
});

test('gives the checked value', () => {
  expect(parseYaml('name: data\nports: [1, 2]\n', schema)).toEqual({
    ok: true,
    value: { name: 'data', ports: [1, 2], roles: {} },
  });
});

test.for([
  ['name: data\nports:\n  - 1\n  - two\n', { path: 'ports[1]', line: 4, column: 5 }],
  ['name: data\nroles:\n  analyst:\n    allow: 7\n', { path: 'roles.analyst.allow', line: 4, column: 5 }],
  ['name: data\nrolls: {}\n', { path: 'rolls', line: 2, column: 1, message: 'is not a known key' }],
  ['name: data\nroles:\n  a: { allow: [], extra: 1 }\n', { path: 'roles.a.extra', line: 3, column: 19 }],
  ['ports: []\n', { path: 'name', line: 1, column: 1 }],
  ['- a\n', { path: '(root)', line: 1, column: 1 }],
  ['', { path: '(root)', line: 1, column: 1 }],
  ['name: data\nname: other\n', { path: '(root)', line: 2, column: 1, message: expect.stringContaining('unique') }],
  ['name: "data\n', { path: '(root)', line: 2 }],
] as const)('G-82 names path, line and column of what is wrong in %j', ([text, problem]) => {
  expect(parseYaml(text, schema)).toEqual({
    ok: false,
    problems: expect.arrayContaining([expect.objectContaining(problem)]),
  });
});

test('names every problem, not only the first', () => {
  const result = parseYaml('name: 1\nports: [a, b]\nrolls: 1\n', schema);

  expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual(['name', 'ports[0]', 'ports[1]', 'rolls']);
});

// N18: nine lines that grow to a billion entries.
test('N18 refuses aliases that multiply', () => {
  const bomb = Array.from({ length: 9 }, (_, level) => {
    const items = level === 0 ? Array<string>(9).fill('x') : Array<string>(9).fill(`*l${level - 1}`);
    return `l${level}: &l${level} [${items.join(',')}]`;
  }).join('\n');
  const startedMs = performance.now();

  const result = parseYaml(bomb, schema);

  expect(result).toMatchObject({ ok: false, problems: [{ message: 'uses too many aliases' }] });
  expect(performance.now() - startedMs).toBeLessThan(500);
});

test('near miss: a plain alias works', () => {
  const text = 'name: data\nroles:\n  a: &base { allow: [x] }\n  b: *base\n';

  expect(parseYaml(text, schema)).toMatchObject({ ok: true, value: { roles: { b: { allow: ['x'] } } } });
});
