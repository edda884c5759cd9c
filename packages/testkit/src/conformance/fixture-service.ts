import { defineService, type RawSurface, type ServiceDefinition } from '@fairlead/server-kit';
import type { ChangeNotices } from '@fairlead/server-kit';
import type { FixtureDeps } from './fixture-deps.ts';
import { createRawSurface } from './raw-surface.ts';
import { fixturePrompts } from './fixture-prompts.ts';
import { fixtureResources } from './fixture-resources.ts';

/** The conformance fixture: a service on the server-kit, and the part of it that the SDK's own object serves. */
export interface ConformanceFixture {
  readonly service: ServiceDefinition<FixtureDeps, Record<string, never>>;
  readonly raw: RawSurface;
}

/**
 * Builds the server that the official conformance suite expects (03 §6). Resources and prompts are ordinary definitions
 * of the kit; tools are raw, because the suite looks at exact content items, sampling, roots and protocol logging, which
 * our own tools never send (03 P-17).
 */
export function createConformanceFixture(): ConformanceFixture {
  let changes: ChangeNotices | undefined;
  const raw = createRawSurface({
    toolsChanged: () => changes?.toolsChanged(),
    promptsChanged: () => changes?.promptsChanged(),
  });
  const service = defineService({
    name: 'fixture',
    title: 'Conformance fixture',
    instructions: 'A test server for the MCP conformance suite.',
    packageFolder: new URL('../../', import.meta.url),
    ports: { mcp: 7_200, ops: 7_201 },
    config: {},
    defaultToolsets: [],
    resources: fixtureResources,
    prompts: fixturePrompts,
    setup: async (context) => {
      changes = context.changes;
      return { deps: { name: 'fixture' as const } };
    },
  });
  return { service, raw };
}
