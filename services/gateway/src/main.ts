#!/usr/bin/env node
import { runGateway } from './service.ts';

await runGateway();
