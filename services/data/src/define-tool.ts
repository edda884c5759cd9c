import { toolFactory } from '@fairlead/server-kit';
import type { DataDeps } from './deps.ts';

/** Defines a tool of this service. */
export const defineTool = toolFactory<DataDeps>();
