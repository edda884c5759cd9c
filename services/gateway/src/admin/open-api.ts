import { problem } from '@fairlead/contracts';
import { z } from 'zod';
import {
  createdKey,
  keyPage,
  newKey,
  pageQuery,
  reloadAnswer,
  serverDetail,
  serverPage,
  shownConfig,
  shownKey,
} from './admin-schemas.ts';

/** The OpenAPI document of the admin API, made from the schemas that check its requests and answers (04 §13). */
export function openApiDocument(version: string): Record<string, unknown> {
  return {
    openapi: '3.1.0',
    info: { title: 'Fairlead admin API', version },
    servers: [{ url: '/api/v1' }],
    security: [{ bearer: [] }, { key: [] }],
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        key: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
    paths: {
      '/servers': { get: operation('List the servers and how they are.', { query: pageQuery, answer: serverPage }) },
      '/servers/{name}': { get: operation('Show one server.', { path: 'name', answer: serverDetail }) },
      '/keys': {
        get: operation('List the API keys.', { query: pageQuery, answer: keyPage }),
        post: operation('Make an API key. It is shown once.', {
          body: newKey,
          answer: createdKey,
          status: '201',
          headers: ['Idempotency-Key'],
        }),
      },
      '/keys/{id}': {
        get: operation('Show one API key.', { path: 'id', answer: shownKey }),
        delete: operation('Revoke an API key.', { path: 'id', status: '204', headers: ['If-Match'] }),
      },
      '/config': { get: operation('Show the config in force, without its secrets.', { answer: shownConfig }) },
      '/config/reload': {
        post: operation('Look at the config file now, and put it in force.', { answer: reloadAnswer }),
      },
    },
  };
}

interface OperationParts {
  readonly query?: z.ZodObject;
  readonly path?: string;
  readonly headers?: readonly string[];
  readonly body?: z.ZodType;
  readonly answer?: z.ZodType;
  readonly status?: string;
}

function operation(
  summary: string,
  { query, path, headers = [], body, answer, status = '200' }: OperationParts,
): Record<string, unknown> {
  const parameters = [
    ...(path === undefined ? [] : [parameter(path, 'path', { type: 'string' })]),
    ...headers.map((name) => parameter(name, 'header', { type: 'string' })),
    ...Object.entries(query?.shape ?? {}).map(([name, schema]) => parameter(name, 'query', toSchema(schema, 'input'))),
  ];
  return {
    summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: jsonContent(toSchema(body, 'input')) } }),
    responses: {
      [status]: {
        description: 'Done',
        ...(answer === undefined ? {} : { content: jsonContent(toSchema(answer, 'output')) }),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: toSchema(problem, 'output') } },
      },
    },
  };
}

function parameter(name: string, place: 'path' | 'query' | 'header', schema: unknown): Record<string, unknown> {
  return { name, in: place, required: place === 'path', schema };
}

function jsonContent(schema: unknown): Record<string, unknown> {
  return { 'application/json': { schema } };
}

function toSchema(schema: z.core.$ZodType, io: 'input' | 'output'): unknown {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
