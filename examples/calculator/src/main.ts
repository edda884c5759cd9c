#!/usr/bin/env node
import { run } from '@fairlead/server-kit';
import { service } from './service.ts';

await run(service);
