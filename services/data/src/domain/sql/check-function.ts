import { Refusal } from '../refusal.ts';
import { harmlessVolatileFunctions, isRefusedFunction } from './function-exceptions.ts';
import { functionHints } from './function-hints.ts';
import { isReadableSetting, readableSettings } from './readable-settings.ts';
import { systemSchema, type SqlCatalog } from './sql-catalog.ts';
import { itemsOf, nameParts, taggedNode, textOf, type TreeNode } from './syntax-tree.ts';

/**
 * Refuses a call of a function that the catalog does not vouch for (06 S-24).
 *
 * @throws Refusal `SQL_FUNCTION_DENIED`, with what to write instead where that is known.
 */
export function checkFunction(call: TreeNode, catalog: SqlCatalog): void {
  const parts = nameParts(call['funcname']);
  const name = parts.at(-1) ?? '';
  if (name === 'current_setting') {
    checkSettingName(call);
    return;
  }
  if (isRefusedFunction(name)) throw denied(parts, 'it tells about the server, or runs text as SQL');
  const places = catalog.functions.get(name);
  if (places === undefined) throw denied(parts, 'no allowed schema has it');
  const schemas = parts.length === 1 ? [...places.keys()] : [parts.at(-2) ?? ''];
  for (const schema of schemas) {
    if (!isTrustworthy(places, schema, name)) throw denied(parts, reasonAgainst(schema, places));
  }
}

function isTrustworthy(places: ReadonlyMap<string, boolean>, schema: string, name: string): boolean {
  if (places.get(schema) === true) return true;
  return schema === systemSchema && places.has(schema) && harmlessVolatileFunctions.has(name);
}

function reasonAgainst(schema: string, places: ReadonlyMap<string, boolean>): string {
  if (!places.has(schema)) return 'no allowed schema has it';
  if (schema === systemSchema) return 'it is volatile: it may have an effect';
  return `in schema ${schema} it is volatile, or not part of an extension`;
}

/** `current_setting` is refused unless its first argument is a constant that names a readable setting. */
function checkSettingName(call: TreeNode): void {
  const [first] = itemsOf(call['args']);
  const setting = textOf(taggedNode(taggedNode(first, 'A_Const'), 'sval')?.['sval']);
  if (setting !== undefined && isReadableSetting(setting)) return;
  throw new Refusal(
    'SQL_FUNCTION_DENIED',
    `current_setting may read these settings, named as a constant: ${[...readableSettings].join(', ')}.`,
  );
}

function denied(parts: readonly string[], reason: string): Refusal {
  const name = parts.join('.');
  const hint = functionHints.get(parts.at(-1) ?? '');
  const rule =
    'Allowed are the immutable and stable functions of Postgres and of the extensions in the listed schemas.';
  return new Refusal('SQL_FUNCTION_DENIED', `The function ${name} is not allowed: ${reason}. ${hint ?? rule}`, {
    function: name,
  });
}
