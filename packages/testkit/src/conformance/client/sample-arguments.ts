import { z } from 'zod';

const objectSchema = z.looseObject({
  properties: z.record(z.string(), z.unknown()).default({}),
  required: z.array(z.string()).default([]),
});
const typed = z.looseObject({ type: z.string() });

/** Values that fit the required arguments of a tool, as far as their types say; `known` ones by name. */
export function sampleArguments(
  inputSchema: unknown,
  known: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const { data } = objectSchema.safeParse(inputSchema);
  if (data === undefined) return {};
  return Object.fromEntries(data.required.map((name) => [name, known[name] ?? sampleValue(data.properties[name])]));
}

function sampleValue(schema: unknown): unknown {
  const type = typed.safeParse(schema).data?.type ?? 'string';
  return samples.get(type);
}

const samples: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['string', 'sample'],
  ['number', 1],
  ['integer', 1],
  ['boolean', true],
  ['array', []],
  ['object', {}],
  ['null', null],
]);
