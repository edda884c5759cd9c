// Serves test databases until standard input ends: a process of its own, so that the vitest that starts it needs to load
// nothing of ours, and so that it ends in order also when that vitest was killed.
import { startTestDatabaseServer } from './test-database-server.ts';

const server = await startTestDatabaseServer();
process.stdout.write(`${server.url}\n`);
process.stdin.resume().once('end', () => void server.stop());
