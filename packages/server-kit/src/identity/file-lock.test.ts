import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { makeTestFolder } from '../../test/make-test-folder.ts';
import { systemClock } from '../runtime/clock.ts';
import { withFileLock } from './file-lock.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await makeTestFolder();
  path = join(folder, 'keys.json');
});

test('holds the lock while the action runs and removes it after, also when the action fails', async () => {
  const during = await withFileLock(path, systemClock, () => readdir(folder));
  const failed = withFileLock(path, systemClock, () => Promise.reject(new Error('boom')));

  expect(during).toEqual(['keys.json.lock']);
  await expect(failed).rejects.toThrow('boom');
  expect(await readdir(folder)).toEqual([]);
});

test('lets one of many in at a time', async () => {
  let inside = 0;
  let most = 0;

  await Promise.all(
    Array.from({ length: 8 }, () =>
      withFileLock(path, systemClock, async () => {
        inside += 1;
        most = Math.max(most, inside);
        await readFile(`${path}.lock`);
        inside -= 1;
      }),
    ),
  );

  expect(most).toBe(1);
});

test('takes over a lock that is older than 10 s, since its process died', async () => {
  await writeFile(`${path}.lock`, 'dead');
  const old = new Date(Date.now() - 10_500);
  await utimes(`${path}.lock`, old, old);

  await expect(withFileLock(path, systemClock, async () => 'done')).resolves.toBe('done');

  expect(await readdir(folder)).toEqual([]);
});

test('gives up with KEY_FILE_LOCKED after 15 s of waiting for a lock that others renew', async () => {
  await writeFile(`${path}.lock`, 'busy');
  let elapsedMs = 0;
  // Each look at the time finds two more seconds gone; the time of day stays real, as the age of the lock is.
  const impatient = { ...systemClock, monotonicMs: () => (elapsedMs += 2_000) };

  const result = withFileLock(path, impatient, async () => 'done');

  await expect(result).rejects.toMatchObject({ code: 'KEY_FILE_LOCKED', retryable: true });
  expect(await readFile(`${path}.lock`, 'utf8')).toBe('busy');
});

test('notices when another process took the lock over, and leaves that one alone', async () => {
  const result = withFileLock(path, systemClock, async (lock) => {
    await writeFile(`${path}.lock`, 'another');
    await lock.assertHeld();
  });

  await expect(result).rejects.toMatchObject({ code: 'KEY_FILE_LOCKED' });
  expect(await readFile(`${path}.lock`, 'utf8')).toBe('another');
});
