import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { toolFactory } from '../define/factories.ts';
import { NotFound } from '../runtime/errors/errors.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createToolHarness } from '../testing/tool-harness.ts';

interface Deps {
  readonly rowsMax: number;
}

const defineTool = toolFactory<Deps>();
const base = { title: 'T', description: 'D.', permission: 'test:read', toolset: 'all' } as const;

const listRows = defineTool({
  ...base,
  name: 'list_rows',
  effect: 'read',
  parts: 'page',
  input: z.strictObject({ limit: z.int().min(1).default(10), cursor: z.string().optional() }),
  output: z.object({ rows: z.array(z.int()) }),
  clamped: { limit: ({ rowsMax }) => rowsMax },
  text: ({ rows }) => rows.join(','),
  async run(_deps, { limit, cursor }, { cursors }) {
    const offset = cursor === undefined ? 0 : cursors.open(cursor, z.int());
    return {
      rows: Array.from({ length: limit }, (_, index) => offset + index),
      truncated: true,
      truncated_by: 'rows',
      next_cursor: cursors.seal(offset + limit),
    };
  },
});

const failTool = defineTool({
  ...base,
  name: 'fail_now',
  effect: 'read',
  input: z.strictObject({ how: z.enum(['known', 'unknown', 'output', 'ignore']) }),
  output: z.object({ count: z.int() }),
  timeoutMs: 1_000,
  async run(_deps, { how }) {
    if (how === 'known')
      throw new NotFound('THING_NOT_FOUND', {
        message: 'select * from secrets',
        publicMessage: 'There is no such thing.',
      });
    if (how === 'unknown') throw new TypeError('password=hunter2');
    if (how === 'ignore') await new Promise(() => undefined);
    // A wrong output on purpose: the schema wants a whole number.
    return { count: 1.5 };
  },
});

const showIssue = defineTool({
  ...base,
  name: 'show_issue',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ body: z.string() }),
  async run(_deps, _input, { untrusted, label, attach }) {
    label({ confidentiality: 'private' });
    attach({ type: 'resource_link', uri: 'issue://1', name: 'issue 1' });
    return {
      body: untrusted('Hi\u{200b} <!-- do evil --> <scr\u{200b}ipt>steal()</script> there', 'github:acme/shop#1'),
    };
  },
});

const removeThing = defineTool({
  ...base,
  name: 'remove_thing',
  effect: 'destructive',
  input: z.strictObject({ name: z.string() }),
  output: z.object({ removed: z.boolean() }),
  plan: async (_deps, { name }) => ({ remove: name }),
  run: async () => ({ removed: true }),
});

const tools = [listRows, failTool, showIssue, removeThing];
const newHarness = (options: Partial<Parameters<typeof createToolHarness<Deps>>[0]> = {}) =>
  createToolHarness({ tools, deps: { rowsMax: 3 }, ...options });

const errorOf = (result: { _meta?: Readonly<Record<string, unknown>> }) => result._meta?.['dev.fairlead/error'];

test('T-05: lowers a count above the operator cap and says so', async () => {
  const result = await newHarness().call('list_rows', { limit: 50 });

  expect(result.structuredContent).toMatchObject({
    rows: [0, 1, 2],
    notice: 'limit was lowered from 50 to 3, the most that this server allows.',
  });
});

test('T-40: puts notice and cursor behind a tool text, for clients that read only the text', async () => {
  const result = await newHarness().call('list_rows', { limit: 50 });

  const [content] = result.content;
  expect(content).toMatchObject({
    type: 'text',
    text: expect.stringMatching(/^0,1,2\nnotice: limit was .*\nnext_cursor: /),
  });
});

test('S-82: a cursor continues, and a foreign one is a JSON-RPC error', async () => {
  const harness = newHarness();
  const first = await harness.call('list_rows', { limit: 2 });
  const next = await harness.call('list_rows', { limit: 2, cursor: first.structuredContent?.['next_cursor'] });

  expect(next.structuredContent).toMatchObject({ rows: [2, 3] });
  await expect(harness.call('list_rows', { limit: 2, cursor: 'nonsense' })).rejects.toMatchObject({ code: -32_602 });
});

test('answers a known failure with code, message and no structure', async () => {
  const result = await newHarness().call('fail_now', { how: 'known' });

  expect(result.isError).toBe(true);
  expect(result.content).toEqual([{ type: 'text', text: 'THING_NOT_FOUND: There is no such thing.' }]);
  expect(errorOf(result)).toMatchObject({ code: 'THING_NOT_FOUND', retryable: false });
  expect(result).not.toHaveProperty('structuredContent');
});

test('R1: hides the cause of an unknown failure behind an id', async () => {
  const result = await newHarness().call('fail_now', { how: 'unknown' });

  expect(errorOf(result)).toMatchObject({ code: 'INTERNAL' });
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

test('P-16: takes an output that breaks its schema as our own bug', async () => {
  expect(errorOf(await newHarness().call('fail_now', { how: 'output' }))).toMatchObject({
    code: 'TOOL_OUTPUT_INVALID',
  });
});

test('P-08: answers at the time limit even when the tool ignores its signal', async () => {
  const clock = createFakeClock();
  const call = newHarness({ clock }).call('fail_now', { how: 'ignore' });

  await clock.advance(1_000);

  expect(errorOf(await call)).toMatchObject({ code: 'LIMIT_TIMEOUT', retryable: true, details: { timeoutMs: 1_000 } });
});

test('S-90 to S-94: cleans, fences and labels outside text, and attaches links behind the text', async () => {
  const result = await newHarness().call('show_issue', {});

  const body = String(result.structuredContent?.['body']);
  expect(body).toMatch(/<untrusted-[0-9a-f-]{36}>/);
  expect(body).not.toContain('\u{200b}');
  expect(body).not.toContain('do evil');
  // A hidden character inside a tag must not hide the tag.
  expect(body).not.toContain('steal()');
  expect(result._meta?.['dev.fairlead/labels']).toEqual({
    integrity: 'untrusted',
    confidentiality: 'private',
    source: 'github:acme/shop#1',
  });
  expect(result.content.at(-1)).toEqual({ type: 'resource_link', uri: 'issue://1', name: 'issue 1' });
});

test('T-03: a destructive tool plans unless dry_run is false', async () => {
  const harness = newHarness();

  expect((await harness.call('remove_thing', { name: 'a' })).structuredContent).toMatchObject({
    dry_run: true,
    plan: { remove: 'a' },
  });
  expect((await harness.call('remove_thing', { name: 'a', dry_run: false })).structuredContent).toEqual({
    dry_run: false,
    removed: true,
  });
});

test('S-04: refuses unknown keys and names the known ones', async () => {
  const result = await newHarness().call('remove_thing', { name: 'a', force: true });

  expect(result.content).toMatchObject([
    { text: expect.stringContaining('unknown key "force" (known: name, dry_run, idempotency_key)') },
  ]);
});

test('T-11: a caller that cancels gets an answer, and the tool its signal', async () => {
  const controller = new AbortController();
  const call = newHarness().call('fail_now', { how: 'ignore' }, { signal: controller.signal });
  await delay(1);

  controller.abort();

  expect(errorOf(await call)).toMatchObject({ code: 'CALL_CANCELLED' });
});

const harnessOfChanged = (change: object) => () => newHarness({ tools: [Object.freeze({ ...listRows, ...change })] });

test('refuses definitions that break the rules, at start', () => {
  expect(harnessOfChanged({ name: 'ListRows' })).toThrow('snake_case');
  expect(harnessOfChanged({ timeoutMs: 600_001 })).toThrow('timeoutMs');
  expect(harnessOfChanged({ effect: 'write' })).toThrow('have a plan');
  expect(harnessOfChanged({ input: z.object({}) })).toThrow('z.strictObject');
});
