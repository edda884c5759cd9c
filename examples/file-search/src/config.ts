import { defineConfig, setting } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

/** Settings of this server beside those of every server. */
export const config = defineConfig({
  FILES_ROOT: setting(
    z.string().min(1).optional(),
    'The folder whose files are found and searched. Absent: both tools answer CONFIG_MISSING.',
  ),
});
