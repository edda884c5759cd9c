import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { commandTable } from './command-table.ts';
import type { CommandContext } from './command.ts';
import { createOutput } from './create-output.ts';
import { runCommand } from './main.ts';

/** Runs a command without a process of its own, and answers what it wrote. */
async function run(argv: readonly string[], changes: Partial<CommandContext> = {}) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await runCommand(argv, {
    commands: commandTable,
    env: {},
    cwd: '/',
    root: '/',
    home: '/',
    output: createOutput(stdout, stderr),
    stdin: new PassThrough(),
    stdout,
    signal: new AbortController().signal,
    ...changes,
  });
  return { code, stdout: String(stdout.read() ?? ''), stderr: String(stderr.read() ?? '') };
}

test('a wrong command is one line with the cause and one with the fix', async () => {
  expect(await run(['tool'])).toEqual({
    code: 1,
    stdout: '',
    stderr: 'fairlead: there is no command "tool".\n  fix: fairlead help\n',
  });
});

test.for(['constructor', '__proto__', 'toString'])('%s is no command', async (name) => {
  expect((await run([name])).code).toBe(1);
});

test('an unknown option names the help of its command', async () => {
  const { code, stderr } = await run(['keys', 'list', '--al']);

  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "fairlead: Unknown option '--al'.\n  fix: fairlead help keys\n",
  });
});

test('with --json a failure is a document on standard output', async () => {
  const { code, stdout, stderr } = await run(['status', '--json']);

  expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ error: { exitCode: 4, message: 'no fleet runs here.', fix: 'npm start' } });
});

test('an interrupted command ends with 130 and says nothing', async () => {
  expect(await run(['status'], { signal: AbortSignal.abort() })).toEqual({ code: 130, stdout: '', stderr: '' });
});

test('no argument, help and --help print all commands', async () => {
  const { code, stdout } = await run([]);

  expect(code).toBe(0);
  expect((await run(['help'])).stdout).toBe(stdout);
  expect((await run(['--help'])).stdout).toBe(stdout);
  expect(Object.keys(commandTable).filter((name) => !stdout.includes(`\n  ${name} `))).toEqual([]);
});

test('the version names the Node that runs', async () => {
  expect((await run(['version'])).stdout).toMatch(/^fairlead \d+\.\d+\.\d+ \(Node v24\./);
  expect((await run(['--version'])).code).toBe(0);
});

// What others script against: every word of the help is looked at in review when it changes (09 §8).
test('the help of every command is as recorded', async () => {
  const names = Object.keys(commandTable);
  const helps = await Promise.all([run(['help']), ...names.map((name) => run([name, '--help']))]);

  const text = helps.map(({ stdout }) => stdout).join(`${'-'.repeat(40)}\n`);

  await expect(text).toMatchFileSnapshot('./__snapshots__/help.txt');
});
