// Starts the whole fleet from source, with no build; a service restarts when its source changes.
//
// Usage: npm run dev [-- --config FILE --port N --state DIR --only a,b]
import { main } from '../packages/cli/src/main.ts';

process.exitCode = await main(['up', '--watch', ...process.argv.slice(2)]);
