import { resourceFactory } from '@fairlead/server-kit';
import type { DataDeps } from './deps.ts';

/** Defines a family of resources of this service. */
export const defineResource = resourceFactory<DataDeps>();
