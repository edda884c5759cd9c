import { toolFactory } from '@fairlead/server-kit';
import type { FileSearchDeps } from './deps.ts';

/** Defines a tool of this server. */
export const defineTool = toolFactory<FileSearchDeps>();
