import { resourceFactory } from '@fairlead/server-kit';
import type { AimlDeps } from './deps.ts';

/** Defines one family of resources of this service. */
export const defineResource = resourceFactory<AimlDeps>();
