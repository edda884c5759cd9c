import { promptFactory } from '@fairlead/server-kit';
import type { DataDeps } from './deps.ts';

/** Defines a prompt of this service. */
export const definePrompt = promptFactory<DataDeps>();
