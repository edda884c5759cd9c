/** Entry of the store's worker threads: one connection each, because `node:sqlite` blocks its thread (07 A-37). */
import { workerData } from 'node:worker_threads';
import { serveOperations } from '../worker/serve-operations.ts';
import { openDatabase, type DatabaseOptions } from './open-database.ts';
import { Session } from './session.ts';
import { bindOperations, readOperations, writeOperations } from './store-operations.ts';

// The one narrowing of this module: the store starts its workers with these options.
const options = workerData as DatabaseOptions;
const session = new Session(openDatabase(options));
serveOperations(bindOperations(options.access === 'write' ? writeOperations : readOperations, session));
