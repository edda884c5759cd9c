import type { z } from 'zod';
import { promptBrand, type Prompt, type PromptDefinition } from './prompt.ts';
import { resourceBrand, type Resource, type ResourceDefinition } from './resource.ts';
import type { ServiceDefinition } from './service.ts';
import type { ConfigDefinition } from '../runtime/config.ts';
import { toolBrand, type EffectToolDefinition, type OutputParts, type ReadToolDefinition, type Tool } from './tool.ts';

/** The two ways to define a tool: one that reads, one that changes something. */
export interface DefineTool<Deps> {
  <Input extends z.ZodObject, Output extends z.ZodObject, Parts extends OutputParts | undefined = undefined>(
    definition: ReadToolDefinition<Deps, Input, Output, Parts>,
  ): Tool<Deps>;
  <Input extends z.ZodObject, Output extends z.ZodObject>(
    definition: EffectToolDefinition<Deps, Input, Output>,
  ): Tool<Deps>;
}

/** Makes the `defineTool` of one service, so that every tool knows the service's `Deps` by type. */
export function toolFactory<Deps>(): DefineTool<Deps> {
  return (definition: object) => {
    // The one narrowing of this module: the overloads have checked the definition against its own schemas.
    return Object.freeze({ ...definition, [toolBrand]: true as const }) as unknown as Tool<Deps>;
  };
}

/** Makes the `defineResource` of one service. */
export function resourceFactory<Deps>(): (definition: ResourceDefinition<Deps>) => Resource<Deps> {
  return (definition) => Object.freeze({ ...definition, [resourceBrand]: true as const });
}

/** Makes the `definePrompt` of one service. */
export function promptFactory<Deps>(): <Arguments extends z.ZodObject>(
  definition: PromptDefinition<Deps, Arguments>,
) => Prompt<Deps> {
  return (definition) => Object.freeze({ ...definition, [promptBrand]: true as const });
}

/** Defines a service. Holds only values, so that a test can build the same service on other parts. */
export function defineService<Deps, Settings extends ConfigDefinition>(
  definition: ServiceDefinition<Deps, Settings>,
): ServiceDefinition<Deps, Settings> {
  return Object.freeze(definition);
}
