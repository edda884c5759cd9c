import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { rootPath } from './repository.ts';

const binaries = join(rootPath, 'node_modules', '.bin');

/** Runs one of the repository's checks in a folder that holds only the given files. */
async function check(
  files: Readonly<Record<string, string>>,
  command: readonly string[],
): Promise<{ status: number | null; output: string }> {
  await using folder = await createRunFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.path, name)), { recursive: true });
    await writeFile(join(folder.path, name), text);
  }
  const [program = '', ...rest] = command;
  const { status, stdout, stderr } = spawnSync(join(binaries, program), rest, { cwd: folder.path, encoding: 'utf8' });
  return { status, output: `${stdout}${stderr}` };
}

const lint = ['oxlint', '--type-aware', '--deny-warnings', '-c', join(rootPath, '.oxlintrc.json'), '.'] as const;
const layers = ['depcruise', 'services', '--config', join(rootPath, '.dependency-cruiser.mjs')] as const;
const tsconfig = JSON.stringify({ compilerOptions: { strict: true, module: 'nodenext', target: 'es2024' } });

test('lint catches `any`, and a promise that nobody awaits', async () => {
  const any = await check(
    { 'tsconfig.json': tsconfig, 'a.ts': 'export const read = (value: any): string => value;\n' },
    lint,
  );
  const floating = await check(
    {
      'tsconfig.json': tsconfig,
      'a.ts': 'const work = async (): Promise<void> => undefined;\nexport function start(): void {\n  work();\n}\n',
    },
    lint,
  );

  expect([any.status, floating.status]).toEqual([1, 1]);
  expect(any.output).toContain('no-explicit-any');
  expect(floating.output).toContain('no-floating-promises');
});

test('layers catch a tool that imports the composition root, and a domain file that touches the disk', async () => {
  const { status, output } = await check(
    {
      'tsconfig.json': tsconfig,
      'services/x/src/service.ts': 'export const service = 1;\n',
      'services/x/src/tools/a.ts': "import { service } from '../service.ts';\nexport const tool = service;\n",
      'services/x/src/domain/b.ts': "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n",
    },
    layers,
  );

  expect(status).not.toBe(0);
  expect(output).toContain('tools-do-not-build');
  expect(output).toContain('domain-no-io');
});

test('layers let an honest service pass', async () => {
  const { status } = await check(
    {
      'tsconfig.json': tsconfig,
      'services/x/src/domain/b.ts': 'export const twice = (value: number): number => value * 2;\n',
      'services/x/src/tools/a.ts': "import { twice } from '../domain/b.ts';\nexport const tool = twice(2);\n",
    },
    layers,
  );

  expect(status).toBe(0);
});
