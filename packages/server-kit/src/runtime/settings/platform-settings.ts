import { rate } from '@fairlead/contracts';
import { z } from 'zod';
import { defineConfig, setting } from '../config.ts';
import { commaList } from './comma-list.ts';
import { secretKey } from './secret-key.ts';

const port = z.coerce.number().int().min(0).max(65_535);

/** Settings that every process has (01 §6). A service adds its own; these names are taken. */
export const platformSettings = defineConfig({
  HOST: setting(z.string().default('127.0.0.1'), 'Address that both ports listen on. Images set 0.0.0.0.'),
  PORT: setting(port.optional(), "Port of the MCP endpoint; 0 takes a free one. Absent: the service's own port.", {
    example: '8080',
  }),
  OPS_PORT: setting(
    port.optional(),
    "Port of health and metrics; 0 takes a free one. Absent: the service's own ops port.",
    { example: '9090' },
  ),
  ALLOWED_HOSTS: setting(
    commaList().default([]),
    'Host names, with or without a port, under which clients reach this process. On loopback, localhost names are always allowed; on any other address this list is required.',
    { example: 'mcp.example.com' },
  ),
  ALLOWED_ORIGINS: setting(
    commaList().default([]),
    'Web origins whose pages may call. Absent: localhost pages on loopback, none elsewhere. Requests without an Origin header are not pages and pass.',
    { example: 'https://console.example.com' },
  ),
  IDENTITY_FILE: setting(
    z.string().optional(),
    'YAML file with identity and roles, for a process that runs without a gateway. Absent: only the gateway is trusted, if it is set.',
    { example: '/etc/fairlead/identity.yaml' },
  ),
  KEY_PEPPER: setting(
    secretKey().optional(),
    'Pepper under which API keys are hashed, at least 32 bytes. Absent: API keys cannot be checked.',
  ),
  GATEWAY_JWKS_URL: setting(
    z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }).optional(),
    "Address of the gateway's public keys. Absent: the gateway's signed identity is not accepted.",
    { example: 'http://127.0.0.1:8080/.well-known/jwks.json' },
  ),
  GATEWAY_ISSUER: setting(
    z.string().default('fairlead-gateway'),
    "Issuer that the gateway's signed identity must name.",
  ),
  SEAL_KEY: setting(
    secretKey().optional(),
    'Key for cursors and kept state, at least 32 bytes, the same on every replica. Absent: made at start, which is good for one process only.',
  ),
  DRAIN_SECONDS: setting(
    z.coerce.number().int().min(0).max(600).default(25),
    'Longest time that open calls get to finish after SIGTERM, in seconds.',
  ),
  BODY_BYTES_MAX: setting(
    z.coerce.number().int().min(1_024).max(67_108_864).default(4_194_304),
    'Largest request body, in bytes. A larger one is answered with 413.',
  ),
  LOG_LEVEL: setting(
    z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
    'Least important log lines that are written.',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }).optional(),
    'OTLP collector that gets traces, without /v1/traces. Absent: no traces are recorded.',
    { example: 'http://otel-collector:4318' },
  ),
  CALL_RATE: setting(
    rate.optional(),
    'Most tool calls of one caller in a time, such as 600/m. Absent: no limit on the rate.',
    { example: '600/m' },
  ),
  CALL_CONCURRENCY: setting(
    z.coerce.number().int().min(1).max(10_000).default(64),
    'Most tool calls of one caller that run at once.',
  ),
  MCP_SESSIONS: setting(
    z.enum(['on', 'off']).default('on'),
    'Whether clients of the 2025-11-25 protocol get sessions. Off: they are served without state; needed with more than one replica.',
  ),
  FAIRLEAD_TEXT: setting(
    z.enum(['full', 'summary']).default('full'),
    'Text block of tool results: all rows up to 50, or one line for clients that read structured content.',
  ),
});
