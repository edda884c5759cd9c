import path from 'node:path';
import type { ProcessPorts } from './fleet-ports.ts';
import type { SecretFiles } from './secret-files.ts';
import type { StateFolder } from './state-folder.ts';

/** The environment of a process: settings by name. */
export type Environment = Readonly<Record<string, string>>;

/** What every process of the fleet shares. */
export interface FleetFacts {
  /** Folder of the repository. */
  readonly root: string;
  readonly state: StateFolder;
  readonly secrets: SecretFiles;
  readonly ports: ReadonlyMap<string, ProcessPorts>;
  /** The environment that the fleet was started in. */
  readonly outer: Readonly<NodeJS.ProcessEnv>;
  /** Settings that point a service to its parts, by service. */
  readonly parts: Readonly<Record<string, Environment>>;
}

const host = '127.0.0.1';
/** Within the 10 s in which the whole fleet has to be gone (01 §3). */
const drainSeconds = '8';

/** Settings of the outer environment that mean the same for every process; nothing else of it is passed on. */
const passedOn = ['PATH', 'TMPDIR', 'LOG_LEVEL', 'OTEL_EXPORTER_OTLP_ENDPOINT', 'NODE_EXTRA_CA_CERTS'] as const;

/**
 * The whole environment of one service. Only the demo's own services are told of parts and folders; one that somebody
 * added gets what every service needs, and the outer settings that begin with its own name (`TICKETS_URL` for `tickets`).
 *
 * @throws RangeError when no ports were planned for it.
 */
export function serviceEnvironment(name: string, facts: FleetFacts): Environment {
  const gateway = portsOf('gateway', facts);
  return {
    ...processEnvironment(name, facts),
    ...outerSettings(facts.outer, [`${settingPrefix(name)}_`]),
    [`${settingPrefix(name)}_TOOLSETS`]: 'all',
    GATEWAY_JWKS_URL: `http://${host}:${gateway.mcp}/.well-known/jwks.json`,
    SEAL_KEY_FILE: facts.secrets.seal,
    ...folderSettings(name, facts),
    ...facts.parts[name],
  };
}

/** The whole environment of the gateway. `references` are the variables that its config reads secrets from. */
export function gatewayEnvironment(references: readonly string[], facts: FleetFacts): Environment {
  return {
    ...processEnvironment('gateway', facts),
    ...definedOnly(references.map((name) => [name, facts.outer[name]])),
    CONFIG_FILE: facts.state.gatewayConfig,
    MASTER_KEY_FILE: facts.secrets.master,
    KEY_PEPPER_FILE: facts.secrets.pepper,
    HOP_KEY_FILE: facts.secrets.hop,
    AUDIT_KEY_FILE: facts.secrets.audit,
    ...facts.parts['gateway'],
  };
}

function processEnvironment(name: string, facts: FleetFacts): Environment {
  const { mcp, ops } = portsOf(name, facts);
  return {
    ...definedOnly(passedOn.map((setting) => [setting, facts.outer[setting]])),
    HOST: host,
    PORT: String(mcp),
    OPS_PORT: String(ops),
    DRAIN_SECONDS: drainSeconds,
  };
}

function folderSettings(name: string, { root, state }: FleetFacts): Environment {
  const docs = `docs=${path.join(root, 'docs')}`;
  if (name === 'data') return { DATA_FILE_ROOTS: docs };
  if (name === 'aiml') return { AIML_VECTOR_PATH: state.vectors, AIML_DOCUMENT_ROOTS: docs };
  return {};
}

function portsOf(name: string, { ports }: FleetFacts): ProcessPorts {
  const planned = ports.get(name);
  if (planned === undefined) throw new RangeError(`no ports were planned for ${name}`);
  return planned;
}

function settingPrefix(name: string): string {
  return name.replaceAll('-', '_').toUpperCase();
}

function outerSettings(outer: FleetFacts['outer'], prefixes: readonly string[]): Environment {
  return definedOnly(Object.entries(outer).filter(([name]) => prefixes.some((prefix) => name.startsWith(prefix))));
}

function definedOnly(entries: readonly (readonly [string, string | undefined])[]): Environment {
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
