import { createServer } from 'node:net';
import { promisify } from 'node:util';

/**
 * Answers a TCP port of 127.0.0.1 that nobody listened on a moment ago. Another process may take it before its user
 * does: who starts a part on it tries again with a new one.
 */
export async function freePort(): Promise<number> {
  const server = createServer();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', resolve);
  await promise;
  const address = server.address();
  await promisify(server.close.bind(server))();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has no address');
  return address.port;
}
