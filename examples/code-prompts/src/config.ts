import { defineConfig } from '@fairlead/server-kit/runtime';

/** Settings of this server beside those of every server. It needs none. */
export const config = defineConfig({});
