import { objectField, type JsonObject } from '../wire/json-value.ts';
import type { ItemKind } from './item.ts';

/**
 * A definition as older clients take it: they refuse a whole list in which one tool promises structured content that is
 * no object, so such a promise is left out.
 */
export function legacyDefinition(definition: JsonObject, kind: ItemKind): JsonObject {
  if (kind !== 'tool' || !('outputSchema' in definition)) return definition;
  if (objectField(definition, 'outputSchema')?.['type'] === 'object') return definition;
  return Object.fromEntries(Object.entries(definition).filter(([key]) => key !== 'outputSchema'));
}
