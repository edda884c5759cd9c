import { toolFactory } from '@fairlead/server-kit';
import type { AimlDeps } from './deps.ts';

/** Defines one tool of this service. */
export const defineTool = toolFactory<AimlDeps>();
