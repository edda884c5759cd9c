import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { readSources, rootPath } from './repository.ts';

const thrown =
  /new (?:InvalidInput|Unauthenticated|PermissionDenied|NotFound|Conflict|RateLimited|Unavailable|Timeout|Internal)\(\s*'([A-Z][A-Z0-9_]*)'/g;

/** Codes that are put together from the service's name; the kit's table lists them whole. */
const composed = /_IDEMPOTENCY_CONFLICT$/;

test('every error code that is thrown stands in a table of codes', async () => {
  const sources = await readSources(['packages', 'services', 'examples']);
  const known = new Set<string>();
  for (const { path } of sources.filter(({ path: file }) => file.endsWith('error-codes.ts'))) {
    const module: object = await import(pathToFileURL(`${rootPath}/${path}`).href);
    const codes = Object.values(module).flatMap((table: unknown) => (isTable(table) ? Object.keys(table) : []));
    for (const code of codes) known.add(code);
  }

  const unknown = sources.flatMap(({ path, text }) =>
    [...text.matchAll(thrown)].flatMap(([, code = '']) =>
      known.has(code) || composed.test(code) ? [] : [`${path}: ${code}`],
    ),
  );

  expect(known.size).toBeGreaterThan(40);
  expect(unknown).toEqual([]);
});

function isTable(value: unknown): value is Readonly<Record<string, object>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((entry) => typeof entry === 'object' && entry !== null && 'retryable' in entry)
  );
}
