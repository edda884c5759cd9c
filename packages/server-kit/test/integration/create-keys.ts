/** Creates API keys in a key file, as a process of its own: `create-keys.ts FILE PEPPER_HEX COUNT`. Prints their ids. */
import { pino } from 'pino';
import { createKeyStore } from '../../src/identity/file-key-store.ts';
import { systemClock } from '../../src/runtime/clock.ts';

const [file = '', pepperHex = '', count = '0'] = process.argv.slice(2);
const store = createKeyStore({
  file,
  pepper: Buffer.from(pepperHex, 'hex'),
  clock: systemClock,
  log: pino({ level: 'silent' }),
});
for (let index = 0; index < Number(count); index += 1) {
  const { record } = await store.create({ name: `process ${process.pid} key ${index}`, roles: ['viewer'] });
  process.stdout.write(`${record.id}\n`);
}
await store.close();
