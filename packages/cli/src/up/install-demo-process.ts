import { text } from 'node:stream/consumers';
import { installDemoDatabase } from '@fairlead/testkit/demo';
import { demoInstallation } from './install-demo.ts';

// Reads one `DemoInstallation` from standard input, installs the demo database, and prints what came of it as one line.
const { adminUrl, passwords } = demoInstallation.parse(JSON.parse(await text(process.stdin)));
const demo = await installDemoDatabase({ adminUrl }, { passwords });
process.stdout.write(`${JSON.stringify({ readOnlyUrl: demo.readOnlyUrl })}\n`);
