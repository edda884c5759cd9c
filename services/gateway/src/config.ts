import { defineConfig, platformSettings, secret, secretKey, secretUrl, setting } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

const {
  HOST,
  PORT,
  OPS_PORT,
  ALLOWED_HOSTS,
  ALLOWED_ORIGINS,
  KEY_PEPPER,
  GATEWAY_ISSUER,
  DRAIN_SECONDS,
  BODY_BYTES_MAX,
  LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT,
} = platformSettings;

/** Settings of the gateway's process (01 §6). What it serves is in the file that `CONFIG_FILE` names. */
export const config = defineConfig({
  HOST,
  PORT,
  OPS_PORT,
  ALLOWED_HOSTS,
  ALLOWED_ORIGINS,
  CONFIG_FILE: setting(
    z.string().default('fairlead.yaml'),
    'The gateway config: servers, identity, roles, limits, audit. Relative paths in it start at its folder.',
  ),
  KEY_PEPPER,
  MASTER_KEY: setting(
    secretKey(),
    'Seals session ids, at least 32 bytes, the same on every replica. No default. Set MASTER_KEY_FILE to a file made with: openssl rand -base64 48 > master.key',
  ),
  HOP_KEY: setting(
    secret(),
    'Ed25519 private key (PEM) that signs the identity for our own services. No default. Set HOP_KEY_FILE to a file made with: openssl genpkey -algorithm ed25519 -out hop.key',
  ),
  AUDIT_KEY: setting(
    secretKey(),
    'Keys the digests of arguments in the audit log, at least 32 bytes. No default. Set AUDIT_KEY_FILE to a file made with: openssl rand -base64 48 > audit.key',
  ),
  DATABASE_URL: setting(
    secretUrl('postgres', 'postgresql').optional(),
    'Postgres for what has to outlive a restart: the last-known lists of the servers. Its user makes the tables, or finds them. Absent: they live in this process only, and after a restart a server that does not answer is not listed.',
    { example: 'postgres://fairlead:password@db.example.com:5432/fairlead' },
  ),
  GATEWAY_ISSUER,
  DRAIN_SECONDS,
  BODY_BYTES_MAX,
  LOG_LEVEL,
  OTEL_EXPORTER_OTLP_ENDPOINT,
});
