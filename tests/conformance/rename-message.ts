import { z } from 'zod';

const named = z.looseObject({ name: z.string() });
const request = z.looseObject({
  params: z.looseObject({ name: z.string().optional(), ref: z.looseObject({ name: z.string() }).optional() }),
});
const answer = z.looseObject({
  result: z.looseObject({ tools: z.array(named).optional(), prompts: z.array(named).optional() }),
});

/** Puts a prefix before the name in a request: of a tool, of a prompt, of a prompt to complete. Other bodies stay as they are, byte by byte. */
export function addPrefix(body: Buffer, prefix: string): Buffer {
  const { data } = request.safeParse(parsed(body.toString('utf8')));
  if (data === undefined) return body;
  const { name, ref } = data.params;
  if (name === undefined && ref === undefined) return body;
  const params = {
    ...data.params,
    ...(name === undefined ? {} : { name: withPrefix(name, prefix) }),
    ...(ref === undefined ? {} : { ref: { ...ref, name: withPrefix(ref.name, prefix) } }),
  };
  return Buffer.from(JSON.stringify({ ...data, params }));
}

/** Takes the prefix off the names in a list of tools or prompts. Other texts stay as they are. */
export function stripPrefix(text: string, prefix: string): string {
  const { data } = answer.safeParse(parsed(text));
  if (data === undefined) return text;
  const { tools, prompts } = data.result;
  if (tools === undefined && prompts === undefined) return text;
  const strip = (items: readonly z.infer<typeof named>[]): readonly object[] =>
    items.map((item) => ({ ...item, name: withoutPrefix(item.name, prefix) }));
  const result = {
    ...data.result,
    ...(tools === undefined ? {} : { tools: strip(tools) }),
    ...(prompts === undefined ? {} : { prompts: strip(prompts) }),
  };
  return JSON.stringify({ ...data, result });
}

/** A name of a neighbour keeps the prefix that the suite saw in the list. */
export function withPrefix(name: string, prefix: string): string {
  return name.includes('__') ? name : `${prefix}${name}`;
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) ? name.slice(prefix.length) : name;
}

/** The suite sends broken JSON too; it passes unchanged. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
