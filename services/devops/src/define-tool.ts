import { toolFactory } from '@fairlead/server-kit';
import type { DevopsDeps } from './deps.ts';

/** Defines one tool of this service. */
export const defineTool = toolFactory<DevopsDeps>();
