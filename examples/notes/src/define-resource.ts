import { resourceFactory } from '@fairlead/server-kit';
import type { NotesDeps } from './deps.ts';

/** Defines a resource of this server. */
export const defineResource = resourceFactory<NotesDeps>();
