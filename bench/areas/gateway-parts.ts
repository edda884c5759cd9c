import path from 'node:path';
import { probePart } from '@fairlead/testkit/parts';
import type { Bench } from '../bench.ts';
import { startGateway } from '../subjects/start-gateway.ts';
import { startNginx } from '../subjects/start-nginx.ts';
import { startSubject } from '../subjects/start-subject.ts';
import type { Subject } from '../subjects/subject.ts';

/** Everything that the gateway is measured with; it ends with its scope. */
export interface GatewayParts extends AsyncDisposable {
  /** Stands behind the gateway, the pass-through and nginx. */
  readonly upstream: Subject;
  readonly gateway: Subject;
  readonly pass: Subject;
  readonly stock: Subject;
  readonly echo: Subject;
  /** Absent where nginx is not installed. */
  readonly nginx: Subject | undefined;
  readonly leftOut: readonly string[];
}

/** Starts the gateway, the server behind it, and what it is compared with. */
export async function startGatewayParts({ folder }: Bench): Promise<GatewayParts> {
  await using stack = new AsyncDisposableStack();
  const upstream = stack.use(await startSubject('upstream'));
  const upstreamUrl = upstream.url;
  const gateway = stack.use(await startGateway({ folder: path.join(folder, 'gateway'), upstreamUrl }));
  const pass = stack.use(await startSubject('pass', [upstreamUrl]));
  const stock = stack.use(await startSubject('stock'));
  const echo = stack.use(await startSubject('echo'));
  const probe = await probePart('nginx', { env: process.env });
  const nginx = probe.isHere
    ? stack.use(await startNginx({ folder: path.join(folder, 'nginx'), upstreamUrl }))
    : undefined;
  const leftOut = probe.isHere ? [] : [`gateway.call.cpu.nginx: ${probe.reason}. ${probe.mend}`];
  const owned = stack.move();
  return {
    upstream,
    gateway,
    pass,
    stock,
    echo,
    nginx,
    leftOut,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
