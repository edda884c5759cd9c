import { once } from 'node:events';
import { connect } from 'node:net';
import { fail, ok, type CheckResult } from './check-result.ts';

const answerWithinMs = 2_000;
/** `SSLRequest` of the Postgres protocol: any server answers it with one letter, before it asks who calls. */
const sslRequest = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const sslAnswers = ['S', 'N'];

/** Whether a Postgres server answers at the address of a connection URL. No credential is sent. */
export async function checkPostgres(url: string): Promise<CheckResult> {
  const { hostname, port } = new URL(url);
  const address = `${hostname}:${port || '5432'}`;
  const answer = await askForSsl(hostname, Number(port || '5432'));
  if (sslAnswers.includes(answer)) return ok('postgres', `answers on ${address}`);
  return fail('postgres', `does not answer on ${address}`, 'fairlead down && npm start');
}

/** The first letter of the answer; empty when there is none. */
async function askForSsl(host: string, port: number): Promise<string> {
  const socket = connect({ host, port });
  socket.setTimeout(answerWithinMs, () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'connect');
    socket.write(sslRequest);
    const [bytes]: unknown[] = await once(socket, 'data');
    return Buffer.isBuffer(bytes) ? bytes.toString('latin1').charAt(0) : '';
  } catch {
    return '';
  } finally {
    socket.destroy();
  }
}
