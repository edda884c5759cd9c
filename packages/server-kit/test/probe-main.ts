import { run } from '@fairlead/server-kit';
import { createProbeService } from './probe-service.ts';

await run(createProbeService());
