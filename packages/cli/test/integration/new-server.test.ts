import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { commandTable } from '../../src/command-table.ts';
import { createOutput } from '../../src/create-output.ts';
import { runCommand } from '../../src/main.ts';

/** A repository with one example and one service. */
async function repository() {
  const root = await createRunFolder();
  const example = path.join(root.path, 'examples', 'calculator');
  mkdirSync(path.join(example, 'src', 'tools'), { recursive: true });
  mkdirSync(path.join(root.path, 'services', 'data'), { recursive: true });
  writeFileSync(
    path.join(example, 'package.json'),
    '{\n  "name": "@fairlead/example-calculator",\n  "description": "One tool."\n}\n',
  );
  writeFileSync(
    path.join(example, 'src', 'service.ts'),
    "defineService({ name: 'calculator', ports: { mcp: 7101, ops: 9101 } });\n",
  );
  writeFileSync(path.join(example, 'src', 'tools', 'calculate.ts'), "defineTool({ permission: 'examples:read' });\n");
  writeFileSync(path.join(example, 'run.ts'), '');
  return root;
}

async function newServer(root: string, name: string, ...options: readonly string[]) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCommand(['new', 'server', name, ...options], {
    commands: commandTable,
    env: {},
    cwd: root,
    root,
    home: root,
    output: createOutput(stdout, stderr),
    stdin: new PassThrough(),
    stdout,
    signal: new AbortController().signal,
  });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

test('makes a server from an example: its name, package, ports and permissions', async () => {
  await using root = await repository();

  const made = await newServer(root.path, 'tax-desk', '--json');

  const read = (file: string): string => readFileSync(path.join(root.path, 'services', 'tax-desk', file), 'utf8');
  expect(JSON.parse(made.stdout)).toEqual({
    name: 'tax-desk',
    folder: 'services/tax-desk',
    ports: { mcp: 8090, ops: 9090 },
    files: ['package.json', 'src/service.ts', 'src/tools/calculate.ts'],
  });
  expect(read('src/service.ts')).toBe("defineService({ name: 'tax-desk', ports: { mcp: 8090, ops: 9090 } });\n");
  expect(read('src/tools/calculate.ts')).toBe("defineTool({ permission: 'tax-desk:read' });\n");
  expect(JSON.parse(read('package.json'))).toMatchObject({ name: '@fairlead/tax-desk' });
});

test('takes another example, and other ports for the next server', async () => {
  await using root = await repository();
  cpSync(path.join(root.path, 'examples', 'calculator'), path.join(root.path, 'examples', 'notes'), {
    recursive: true,
  });
  await newServer(root.path, 'one');

  const made = await newServer(root.path, 'two', '--from', 'notes', '--json');

  expect(JSON.parse(made.stdout)).toMatchObject({ ports: { mcp: 8091, ops: 9091 } });
});

test('refuses a name that is taken, and an example that is not there, and writes nothing', async () => {
  await using root = await repository();

  expect(await newServer(root.path, 'data')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('services/data is there already.'),
  });
  expect(await newServer(root.path, 'ok', '--from', '../services/data')).toMatchObject({
    code: 1,
    stderr: 'fairlead: there is no example "../services/data".\n  fix: ls examples\n',
  });
});
