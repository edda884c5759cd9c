import type { RawSurface } from '@fairlead/server-kit';
import { createStateCodec } from './state-codec.ts';
import { createSurface, type ListChanges } from './surface.ts';

/** Builds what the SDK's own object serves in the fixture on the server-kit. */
export function createRawSurface(changes: ListChanges): RawSurface {
  const codec = createStateCodec();
  const { tools, prompts } = createSurface(changes, codec);
  return {
    capabilities: { logging: {} },
    serverOptions: { requestState: { verify: (state) => codec.verify(state) } },
    tools: () => [...tools.values()].map((tool) => tool.wire),
    callTool: async ({ name, arguments: input }, context) => known(tools.get(name), name).run(input, context),
    prompts: () => [...prompts.values()].map((prompt) => prompt.wire),
    getPrompt: async ({ name }, context) => known(prompts.get(name), name).get(context),
  };
}

function known<Item>(item: Item | undefined, name: string): Item {
  if (item === undefined) throw new RangeError(`the fixture has nothing named ${name}`);
  return item;
}
