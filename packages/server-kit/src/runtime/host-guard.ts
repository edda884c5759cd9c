import { isIPv4 } from 'node:net';
import { InvalidInput } from './errors/errors.ts';

/** Headers by lower-case name. `request.headersDistinct` fits, and shows a doubled Host, which `request.headers` hides. */
export type GuardedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a host guard decides: pass, or which header is refused. */
export type HostVerdict = 'ok' | 'host' | 'origin';

/** Decides by a request's headers, before authentication, whether it is meant for this process (03 P-10). */
export type HostGuard = (headers: GuardedHeaders) => HostVerdict;

/** Which names a process answers to. */
export interface HostGuardOptions {
  /** Host names, with or without a port; a name without one stands for every port. */
  readonly allowedHosts: readonly string[];
  /** Web origins: scheme, host and port as a browser sends them. */
  readonly allowedOrigins: readonly string[];
  /** The address that the process listens on. */
  readonly boundHost: string;
}

// Clients leave these ports out of the Host header, so an entry with one would never match.
const clientOmittedPort = /:(?:80|443)$/;

const hostForm = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/;

const localNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Makes the wall against DNS rebinding. Bound to loopback, localhost names and pages pass beside the lists; bound
 * elsewhere, only the lists count. A request without an Origin header comes from no page and passes; `null`, a foreign
 * or a doubled value does not.
 *
 * @throws InvalidInput `CONFIG_MISSING` when the address is not loopback and no host is allowed; `CONFIG_INVALID` when
 * an entry of a list can never match.
 */
export function createHostGuard({ allowedHosts, allowedOrigins, boundHost }: HostGuardOptions): HostGuard {
  const local = isLoopback(boundHost);
  if (!local && allowedHosts.length === 0) throw missingHosts(boundHost);
  const hosts = new Set([...(local ? localNames : []), ...allowedHosts.map(checkedHost)]);
  const origins = new Set(allowedOrigins.map(checkedOrigin));

  function allowsOrigin(origin: string): boolean {
    return origins.has(origin) || (local && isLocalOrigin(origin));
  }

  return function guardHost({ host, origin }) {
    const hostValue = onlyValue(host)?.toLowerCase();
    if (hostValue === undefined || !(hosts.has(hostValue) || hosts.has(withoutPort(hostValue)))) return 'host';
    if (origin === undefined) return 'ok';
    const originValue = onlyValue(origin)?.toLowerCase();
    return originValue !== undefined && allowsOrigin(originValue) ? 'ok' : 'origin';
  };
}

/** Whether an address or name can be reached from this machine only. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

function missingHosts(boundHost: string): InvalidInput {
  return new InvalidInput('CONFIG_MISSING', {
    publicMessage: `ALLOWED_HOSTS is not set, and HOST=${boundHost} can be reached from other machines. Example: ALLOWED_HOSTS=mcp.example.com`,
  });
}

function checkedHost(entry: string): string {
  const host = entry.toLowerCase().replace(clientOmittedPort, '');
  if (hostForm.test(host) && URL.parse(`http://${host}`)?.host === host) return host;
  throw new InvalidInput('CONFIG_INVALID', {
    publicMessage: `ALLOWED_HOSTS holds "${entry}", which is no host name. Example: ALLOWED_HOSTS=mcp.example.com,10.0.0.7:8080`,
  });
}

function checkedOrigin(entry: string): string {
  const origin = entry.toLowerCase();
  if (URL.parse(origin)?.origin === origin) return origin;
  throw new InvalidInput('CONFIG_INVALID', {
    publicMessage: `ALLOWED_ORIGINS holds "${entry}", which is no web origin. Example: ALLOWED_ORIGINS=https://console.example.com`,
  });
}

function isLocalOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  if (url === null || url.origin !== origin) return false;
  return (url.protocol === 'http:' || url.protocol === 'https:') && localNames.includes(url.hostname);
}

function onlyValue(value: string | readonly string[] | undefined): string | undefined {
  if (typeof value === 'string') return value;
  return value?.length === 1 ? value[0] : undefined;
}

function withoutPort(host: string): string {
  return host.replace(/:[0-9]{1,5}$/, '');
}
