import type { UriIndex } from '../catalog/uri-index.ts';
import { isJsonObject, type JsonObject } from '../wire/json-value.ts';

/** Turns an answer of a server into what `/mcp` shows; gives the same object back when nothing has to change. */
export type AnswerRewriter = (message: JsonObject) => JsonObject;

/** Rewriters are made once per snapshot and server. */
const rewriters = new WeakMap<UriIndex, Map<string, AnswerRewriter>>();

/** The rewriter of a server's answers on the route whose URIs are given. */
export function uriRewriter(uris: UriIndex, server: string): AnswerRewriter {
  const ofRoute = rewriters.get(uris) ?? new Map<string, AnswerRewriter>();
  rewriters.set(uris, ofRoute);
  const rewriter = ofRoute.get(server) ?? createUriRewriter(uris, server);
  ofRoute.set(server, rewriter);
  return rewriter;
}

/**
 * Makes the rewriter of a server's answers on `/mcp` (03 N4, N5): URIs in `contents`, in resource links and embedded
 * resources of tool results and prompt messages, and in resource notices become those under which a client can read them.
 */
function createUriRewriter(uris: UriIndex, server: string): AnswerRewriter {
  const rename = (uri: unknown): unknown => (typeof uri === 'string' ? uris.toWire(server, uri) : uri);

  function block(value: unknown): unknown {
    if (!isJsonObject(value)) return value;
    if (value['type'] === 'resource_link') return withUri(value);
    return value['type'] === 'resource' ? { ...value, resource: withUri(value['resource']) } : value;
  }

  function withUri(value: unknown): unknown {
    return isJsonObject(value) && 'uri' in value ? { ...value, uri: rename(value['uri']) } : value;
  }

  function promptMessage(value: unknown): unknown {
    return isJsonObject(value) ? { ...value, content: block(value['content']) } : value;
  }

  function result(value: JsonObject): JsonObject {
    const { content, contents, messages } = value;
    return {
      ...value,
      ...(Array.isArray(content) ? { content: content.map(block) } : {}),
      ...(Array.isArray(contents) ? { contents: contents.map(withUri) } : {}),
      ...(Array.isArray(messages) ? { messages: messages.map(promptMessage) } : {}),
    };
  }

  return (message) => {
    if (isJsonObject(message['result'])) return { ...message, result: result(message['result']) };
    return message['method'] === 'notifications/resources/updated'
      ? { ...message, params: withUri(message['params']) }
      : message;
  };
}

/** Whether an answer may hold a URI: most do not, and pass as the bytes they are. */
export function mayHoldUri(text: string | Buffer): boolean {
  return text.includes('"uri"');
}
