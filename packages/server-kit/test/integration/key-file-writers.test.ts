import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { keyFile } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { makeTestFolder } from '../make-test-folder.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('create-keys.ts', import.meta.url));

// The command line and the gateway change the same file; the later writer must not undo the earlier one.
test(
  '01 §8 keeps every key when three processes write one key file at the same time',
  { timeout: 30_000 },
  async () => {
    const file = join(await makeTestFolder(), 'keys.json');
    const pepper = randomBytes(32).toString('hex');

    const outputs = await Promise.all(
      Array.from({ length: 3 }, () =>
        run(process.execPath, ['--conditions=@fairlead/source', script, file, pepper, '10']),
      ),
    );

    const created = outputs.flatMap(({ stdout }) => stdout.trim().split('\n'));
    const stored = keyFile.parse(JSON.parse(await readFile(file, 'utf8'))).keys.map(({ id }) => id);
    expect(created).toHaveLength(30);
    expect(stored.toSorted()).toEqual(created.toSorted());
  },
);
