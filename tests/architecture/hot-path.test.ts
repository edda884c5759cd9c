import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readSources, rootPath } from './repository.ts';

const importLine = /(?:import|export)\s(?!type\s)[^;]*?from\s+'([^']+)'|import\s+'([^']+)'/g;
const manifest = z.looseObject({ exports: z.record(z.string(), z.looseObject({ '@fairlead/source': z.string() })) });

/** Everything that a file loads when it is loaded, packages by name and our own files by path. */
function closure(file: string, seen: Set<string>): void {
  if (seen.has(file)) return;
  seen.add(file);
  for (const [, from, bare] of readFileSync(join(rootPath, file), 'utf8').matchAll(importLine)) {
    const target = resolveImport(file, from ?? bare ?? '');
    if (target.endsWith('.ts') && existsSync(join(rootPath, target))) closure(target, seen);
    else seen.add(target);
  }
}

function resolveImport(file: string, name: string): string {
  if (name.startsWith('.')) return relative(rootPath, join(rootPath, dirname(file), name));
  if (!name.startsWith('@fairlead/')) return name;
  const [, packageName = '', ...rest] = name.split('/');
  const text = readFileSync(join(rootPath, 'packages', packageName, 'package.json'), 'utf8');
  const key = rest.length === 0 ? '.' : `./${rest.join('/')}`;
  const source = manifest.parse(JSON.parse(text)).exports[key]?.['@fairlead/source'];
  if (source === undefined) throw new Error(`${file}: ${name} has no source entry`);
  return join('packages', packageName, source);
}

test('G-10: nothing on the path of a call loads the MCP SDK or Express, directly or through others', async () => {
  const sources = await readSources(['wire', 'policy', 'forward'].map((room) => `services/gateway/src/${room}`));
  const loaded = new Set<string>();
  for (const { path } of sources) closure(path, loaded);

  expect(sources.length).toBeGreaterThan(20);
  expect([...loaded].filter((name) => name.startsWith('@modelcontextprotocol/') || name === 'express')).toEqual([]);
});

test('the runtime, identity and resilience rooms of the kit load no MCP SDK', async () => {
  const loaded = new Set<string>();
  for (const room of ['runtime', 'identity', 'resilience']) closure(`packages/server-kit/src/${room}/index.ts`, loaded);

  expect(loaded).toContain('jose');
  expect([...loaded].filter((name) => name.startsWith('@modelcontextprotocol/'))).toEqual([]);
});
