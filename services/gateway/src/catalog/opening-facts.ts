import { objectField, stringField, type JsonObject } from '../wire/json-value.ts';
import { protocolMeta } from '../wire/protocol.ts';

/** What a server calls itself, from its `server/discover` or its `initialize` result. */
export function openingServerInfo(opening: JsonObject | undefined): JsonObject | undefined {
  return objectField(objectField(opening, '_meta'), protocolMeta.serverInfo) ?? objectField(opening, 'serverInfo');
}

/** What a server says about how it is to be used. */
export function openingInstructions(opening: JsonObject | undefined): string | undefined {
  return stringField(opening, 'instructions');
}
