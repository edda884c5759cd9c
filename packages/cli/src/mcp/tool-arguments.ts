import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The tool whose schema gives the words of a command line their types. */
export interface ArgumentTarget {
  readonly name: string;
  readonly inputSchema: JsonObject;
}

/**
 * Reads `field=value` words by the tool's input schema: numbers and booleans are converted, lists and objects are JSON.
 * A field given twice is a list. What the schema does not type is taken as JSON where it is JSON, else as text.
 *
 * @throws CliError (usage) for a word without `=`, an unknown field, or a value that is not of its field's type.
 */
export function parseToolArguments(words: readonly string[], target: ArgumentTarget): JsonObject {
  const texts = new Map<string, string[]>();
  for (const word of words) {
    const [field, text] = splitWord(word, target);
    texts.set(field, [...(texts.get(field) ?? []), text]);
  }
  return Object.fromEntries([...texts].map(([field, values]) => [field, readField(field, values, target)]));
}

/**
 * Reads the text of `--args`.
 *
 * @throws CliError (usage) when it is not a JSON object.
 */
export function parseJsonArguments(text: string): JsonObject {
  const value = parseJson(text);
  if (isObject(value)) return value;
  throw new CliError(exitCode.usage, '--args is not a JSON object.', { fix: `use --args '{"field": "value"}'` });
}

function splitWord(word: string, target: ArgumentTarget): [field: string, text: string] {
  const at = word.indexOf('=');
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
  throw new CliError(exitCode.usage, `"${word}" is not field=value.`, { fix: `fairlead tools show ${target.name}` });
}

function readField(field: string, texts: readonly string[], target: ArgumentTarget): unknown {
  const properties = objectOrEmpty(target.inputSchema['properties']);
  const schema = properties[field];
  if (schema === undefined) {
    const known = Object.keys(properties).join(', ') || 'none';
    throw new CliError(exitCode.usage, `${target.name} has no field "${field}" (fields: ${known}).`, {
      fix: `fairlead tools show ${target.name}`,
    });
  }
  const type = typeOf(schema);
  const [text = ''] = texts;
  if (texts.length > 1 || (type === 'array' && !text.trimStart().startsWith('['))) {
    return texts.map((each) => readText(each, { field, type: typeOf(objectOrEmpty(schema)['items']), target }));
  }
  return readText(text, { field, type, target });
}

interface FieldType {
  readonly field: string;
  readonly type: string | undefined;
  readonly target: ArgumentTarget;
}

function readText(text: string, { field, type, target }: FieldType): unknown {
  if (type === 'string') return text;
  const value = parseJson(text);
  if (type === undefined) return value === undefined ? text : value;
  if (isOfType(value, type)) return value;
  throw new CliError(exitCode.usage, `${field}=${text} is not ${articles[type] ?? type}.`, {
    fix: `fairlead tools show ${target.name}`,
  });
}

const articles: Readonly<Record<string, string>> = {
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a JSON list',
  object: 'a JSON object',
  null: 'null',
};

function isOfType(value: unknown, type: string): boolean {
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'null') return value === null;
  return typeof value === type;
}

/** The one type that a schema allows; nothing when it allows several or says nothing. */
function typeOf(schema: unknown): string | undefined {
  const type = objectOrEmpty(schema)['type'];
  return typeof type === 'string' ? type : undefined;
}

function objectOrEmpty(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
