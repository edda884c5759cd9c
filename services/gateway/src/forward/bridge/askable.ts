import { objectField, type JsonObject } from '../../wire/json-value.ts';

/** What a client can be asked for in mid-call, by the method that asks. */
const METHODS: ReadonlyMap<unknown, string> = new Map([
  ['elicitation/create', 'elicitation'],
  ['sampling/createMessage', 'sampling'],
  ['roots/list', 'roots'],
]);
/** Longest text of one capability; a longer one is shortened to the bare word. It may have to travel in a header. */
const CAPABILITY_UNITS_MAX = 500;

/** All that any client can be asked for: a server may list some of its tools only to clients that can be asked. */
export const askableAtAll: JsonObject = Object.fromEntries([...METHODS.values()].map((name) => [name, {}]));

/** Of a client's capabilities those that matter to a server behind the gateway: what the client can be asked for. */
export function askableCapabilities(capabilities: JsonObject | undefined): JsonObject {
  return Object.fromEntries(
    [...METHODS.values()].flatMap((name) => {
      const value = objectField(capabilities, name);
      if (value === undefined) return [];
      return [[name, JSON.stringify(value).length > CAPABILITY_UNITS_MAX ? {} : value] as const];
    }),
  );
}

/** Whether a client with these capabilities can be asked by a method. */
export function canBeAsked(capabilities: JsonObject, method: unknown): boolean {
  const name = METHODS.get(method);
  return name !== undefined && name in capabilities;
}
