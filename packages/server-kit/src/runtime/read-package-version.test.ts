import { expect, test } from 'vitest';
import { readPackageVersion } from './read-package-version.ts';

test("reads this package's version", () => {
  expect(readPackageVersion(new URL('../../', import.meta.url))).toMatch(/^\d+\.\d+\.\d+/);
});

test('throws where there is no manifest', () => {
  expect(() => readPackageVersion(new URL('./', import.meta.url))).toThrow('ENOENT');
});
