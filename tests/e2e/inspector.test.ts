import { freePort } from '@fairlead/testkit/waiting';
import { beforeAll, expect, test } from 'vitest';
import { makeKey, type MadeKey } from './fleet/make-key.ts';
import { readDevJson } from './fleet/read-dev-json.ts';
import { runInspector, type InspectorRun } from './fleet/run-inspector.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';

const fleet = sharedFleet();
const statement = 'select count(*)::int as orders from orders';

const routes = [
  { path: '/mcp', prefix: 'data__' },
  { path: '/servers/data/mcp', prefix: '' },
];
const cells = (['legacy', 'modern'] as const).flatMap((era) => routes.map((route) => ({ era, ...route })));

let gatewayUrl: string;
let analyst: MadeKey;
let admin: MadeKey;

beforeAll(async () => {
  gatewayUrl = (await readDevJson(fleet.stateFolder)).gateway.url;
  analyst = await makeKey(fleet.stateFolder, { name: 'inspector analyst', role: 'analyst' });
  admin = await makeKey(fleet.stateFolder, { name: 'inspector admin', role: 'admin' });
});

// Exit code 6 would be a schema that some clients refuse; remarks about less portable spellings are none.
test.for(cells)(
  '03 I-05: the Inspector lists all tools over $path in the $era era, and refuses no schema',
  async ({ era, path, prefix }) => {
    const { headers } = admin;
    const { code, stdout } = await inspect({ era, path, headers, method: 'tools/list', options: ['--strict'] });

    expect(code).toBe(0);
    expect(stdout).toContain(`"${prefix}query_database"`);
  },
);

test.for(cells)('03 I-05: the Inspector calls a tool over $path in the $era era', async ({ era, path, prefix }) => {
  const { code, stdout } = await inspect(call({ era, path, tool: `${prefix}query_database`, sql: statement }));

  expect(code).toBe(0);
  expect(stdout).toContain('40000');
});

test.for(cells)(
  '03 I-05: over $path in the $era era a refusal and an unknown name end the Inspector with 5',
  async ({ era, path, prefix }) => {
    const refused = await inspect(call({ era, path, tool: `${prefix}query_database`, sql: 'delete from orders' }));
    const unknown = await inspect(call({ era, path, tool: `${prefix}no_such_tool`, sql: '' }));

    expect([refused.code, unknown.code]).toEqual([5, 5]);
    expect(refused.stdout).toContain('SQL_NOT_READ_ONLY');
  },
);

test.for(cells)('03 I-05: over $path in the $era era a wrong key ends the Inspector with 3', async ({ era, path }) => {
  const { code } = await inspect({ era, path, method: 'tools/list', headers: { authorization: 'Bearer nobody' } });

  expect(code).toBe(3);
});

test('03 I-05: where nothing listens the Inspector ends with 4', async () => {
  const url = `http://127.0.0.1:${await freePort()}/mcp`;

  expect((await runInspector({ url, era: 'modern', method: 'tools/list' })).code).toBe(4);
});

type Question = Omit<InspectorRun, 'url'> & { readonly path: string };

function inspect({ path, ...question }: Question): ReturnType<typeof runInspector> {
  return runInspector({ headers: analyst.headers, ...question, url: `${gatewayUrl}${path}` });
}

function call({ tool, sql, ...where }: Pick<Question, 'era' | 'path'> & { tool: string; sql: string }): Question {
  const options = ['--tool-name', tool, '--tool-args-json', JSON.stringify({ sql })];
  return { ...where, method: 'tools/call', options };
}
