import { expect, test } from 'vitest';
import { startupOptions } from './startup-options.ts';

test('begins read-only, with a time limit, and with the listed schemas alone in the search path', () => {
  const options = startupOptions({ schemas: ['public', 'shop'], statementTimeoutMs: 2_000 });

  expect(options).toContain('-c default_transaction_read_only=on ');
  expect(options).toContain('-c statement_timeout=2000 ');
  expect(options).toContain('-c search_path=pg_catalog,"public","shop",pg_temp ');
});

test('keeps a schema with a space or a backslash in its name one value', () => {
  expect(startupOptions({ schemas: [String.raw`a b\c`], statementTimeoutMs: 1 })).toContain(
    String.raw`search_path=pg_catalog,"a\ b\\c",pg_temp`,
  );
});
