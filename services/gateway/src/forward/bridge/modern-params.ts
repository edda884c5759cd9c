import { objectField, type JsonObject } from '../../wire/json-value.ts';
import { MODERN_VERSION, protocolMeta } from '../../wire/protocol.ts';

/** Who asks, for the envelope of a request. */
export interface Envelope {
  readonly clientInfo: JsonObject;
  readonly capabilities: JsonObject;
  /** Least level of log notices; absent: none. */
  readonly logLevel?: string | undefined;
}

/** Parameters of an older client as a modern server takes them: with the envelope that each request carries there. */
export function toModernParams(
  params: JsonObject | undefined,
  { clientInfo, capabilities, logLevel }: Envelope,
): JsonObject {
  return {
    ...params,
    _meta: {
      ...objectField(params, '_meta'),
      [protocolMeta.version]: MODERN_VERSION,
      [protocolMeta.clientInfo]: clientInfo,
      [protocolMeta.clientCapabilities]: capabilities,
      ...(logLevel === undefined ? {} : { [protocolMeta.logLevel]: logLevel }),
    },
  };
}
