/** The revision in which the CLI itself speaks (03 §1). */
export const modernVersion = '2026-07-28';

/** Keys of `params._meta` that describe a modern request. */
export const requestMeta = {
  version: 'io.modelcontextprotocol/protocolVersion',
  capabilities: 'io.modelcontextprotocol/clientCapabilities',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
} as const;

/** The field of `params` that the header `Mcp-Name` repeats, by method. */
const namedBy: Readonly<Record<string, 'name' | 'uri'>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

/** The headers by which a modern request repeats its method and its target, so that a proxy need not read the body. */
export function modernHeaders(method: string, params: Readonly<Record<string, unknown>>): Record<string, string> {
  const field = namedBy[method];
  const name = field === undefined ? undefined : params[field];
  return {
    'mcp-protocol-version': modernVersion,
    'mcp-method': method,
    ...(typeof name === 'string' ? { 'mcp-name': headerValue(name) } : {}),
  };
}

/** A text as a header value: as it is when it is plain ASCII, else base64 in the form of SEP-2243. */
export function headerValue(text: string): string {
  const isPlain = /^[\x20-\x7E]*$/.test(text) && text.trim() === text && !text.startsWith('=?base64?');
  return isPlain ? text : `=?base64?${Buffer.from(text, 'utf8').toString('base64')}?=`;
}
