import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startProcess } from '@fairlead/testkit/parts';
import { freePort, until } from '@fairlead/testkit/waiting';
import type { GatewayOptions } from './start-gateway.ts';
import type { Subject } from './subject.ts';

const ping = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping' });

/**
 * Starts nginx as a plain proxy in one process: the floor of what any proxy costs, since it reads no JSON. Nothing is
 * written to the system's own nginx folders.
 */
export async function startNginx({ folder, upstreamUrl }: GatewayOptions): Promise<Subject> {
  await mkdir(folder, { recursive: true });
  const port = await freePort();
  const configFile = path.join(folder, 'nginx.conf');
  await writeFile(configFile, nginxConfig(new URL(upstreamUrl), { folder, port }));
  const started = await startProcess({ command: 'nginx', args: ['-p', folder, '-c', configFile, '-e', 'stderr'] });
  const url = `http://127.0.0.1:${port}${new URL(upstreamUrl).pathname}`;
  try {
    await until(async () => (await fetch(url, { method: 'POST', body: ping })).ok, { withinMs: 5_000, what: 'nginx' });
  } catch (error) {
    await started.stop();
    throw error;
  }
  return { name: 'nginx', pid: started.pid, url, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}

/** Keep-alive to both sides, as a tuned proxy has it; without it each call would pay for a connection. */
function nginxConfig({ host }: URL, { folder, port }: { readonly folder: string; readonly port: number }): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  return `
daemon off;
master_process off;
error_log stderr;
pid ${folder}/nginx.pid;
events { worker_connections 256; }
http {
  access_log off;
  keepalive_requests 100000000;
${temporary.map((name) => `  ${name}_temp_path ${folder}/${name};`).join('\n')}
  upstream constant { server ${host}; keepalive 64; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://constant;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`;
}
