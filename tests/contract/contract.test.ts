import { readFile } from 'node:fs/promises';
import { toolManifest, type RoleConfig, type ToolManifestEntry } from '@fairlead/contracts';
import { rawMcp } from '@fairlead/testkit/clients';
import { demoRoles } from '@fairlead/testkit/demo';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startServiceProcess, type ServiceProcess } from './start-service-process.ts';
import { listedTool, servedForm, wantedForm, type ListedTool } from './wire-form.ts';

const manifest = toolManifest.parse(JSON.parse(await readFile(new URL('./tools.json', import.meta.url), 'utf8')));
const listResult = z.looseObject({ tools: z.array(listedTool) });

/** Every service that exists, with the settings that switch all its toolsets on. */
const services = [
  { server: 'data', mainFile: 'services/data/src/main.ts', environment: { DATA_TOOLSETS: 'all' } },
  { server: 'devops', mainFile: 'services/devops/src/main.ts', environment: { DEVOPS_TOOLSETS: 'all' } },
  {
    server: 'aiml',
    mainFile: 'services/aiml/src/main.ts',
    environment: { AIML_TOOLSETS: 'all', AIML_VECTOR_PATH: 'vectors.db' },
  },
  { server: 'calculator', mainFile: 'examples/calculator/src/main.ts', environment: {} },
  { server: 'notes', mainFile: 'examples/notes/src/main.ts', environment: {} },
  { server: 'file-search', mainFile: 'examples/file-search/src/main.ts', environment: { FILES_ROOT: '.' } },
];

/** The demo roles, and the rights to the examples that their own config gives (05 §4). */
const roles: Readonly<Record<string, RoleConfig>> = {
  ...demoRoles,
  analyst: withExamples('analyst', ['examples:read', 'examples:write']),
  developer: withExamples('developer', ['examples:read', 'examples:write']),
  viewer: withExamples('viewer', ['examples:read']),
};

describe.each(services)('$server', ({ server, mainFile, environment }) => {
  const contract = manifest.filter((entry) => entry.server === server);
  let service: ServiceProcess;
  let served: ReadonlyMap<string, ListedTool>;

  beforeAll(async () => {
    service = await startServiceProcess(mainFile, { roles, environment });
    served = await toolsOf('admin');
  });

  afterAll(() => service[Symbol.asyncDispose]());

  async function toolsOf(role: string): Promise<ReadonlyMap<string, ListedTool>> {
    const endpoint = rawMcp(service.mcpUrl, { authorization: `Bearer ${service.keys[role] ?? ''}` });
    const { messages } = await endpoint.modern({ method: 'tools/list' });
    return new Map(listResult.parse(messages.at(-1)?.result).tools.map((tool) => [tool.name, tool]));
  }

  test('T-80: every tool that is built equals the published contract', () => {
    const built = contract.filter(({ tool }) => served.has(tool));

    expect(built.length).toBeGreaterThan(0);
    expect(
      Object.fromEntries(
        [...served].filter(([name]) => isInContract(contract, name)).map(([name, tool]) => [name, servedForm(tool)]),
      ),
    ).toEqual(Object.fromEntries(built.map((entry) => [entry.tool, wantedForm(entry)])));
  });

  test.each(['admin', 'analyst', 'developer', 'viewer'])(
    'T-80: %s sees exactly the tools that the contract gives to the role',
    async (role) => {
      const visible = await toolsOf(role);

      const wanted = contract
        .filter((entry) => served.has(entry.tool) && entry.roles.includes(role))
        .map(({ tool }) => tool);
      expect([...visible.keys()].filter((name) => isInContract(contract, name)).toSorted()).toEqual(wanted.toSorted());
    },
  );
});

function isInContract(contract: readonly ToolManifestEntry[], name: string): boolean {
  return contract.some(({ tool }) => tool === name);
}

function withExamples(role: keyof typeof demoRoles, allow: readonly string[]): RoleConfig {
  return { allow: [...demoRoles[role].allow, ...allow], deny: [] };
}
