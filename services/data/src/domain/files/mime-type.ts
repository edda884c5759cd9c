const byEnding: Readonly<Record<string, string>> = {
  css: 'text/css',
  csv: 'text/csv',
  gif: 'image/gif',
  gz: 'application/gzip',
  html: 'text/html',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: 'text/javascript',
  json: 'application/json',
  md: 'text/markdown',
  pdf: 'application/pdf',
  png: 'image/png',
  sql: 'application/sql',
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  ts: 'text/typescript',
  tsv: 'text/tab-separated-values',
  wasm: 'application/wasm',
  webp: 'image/webp',
  xml: 'application/xml',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  zip: 'application/zip',
};

/** The media type by a file name's ending. Unknown endings are plain text or plain bytes, as the content is. */
export function mimeType(name: string, content: 'text' | 'binary'): string {
  const ending = name.toLowerCase().split('.').slice(1).at(-1) ?? '';
  return byEnding[ending] ?? (content === 'text' ? 'text/plain' : 'application/octet-stream');
}
