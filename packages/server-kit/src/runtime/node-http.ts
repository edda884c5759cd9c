/**
 * Node's HTTP module, without its face for ES modules. `import 'node:http'` reads every export of it, one of which loads
 * the WebSocket of browsers and with it the client behind the global `fetch`: 12 MB of memory in each process, seen on Node 24.21.
 * Import the types from `node:http` as ever.
 */
export const nodeHttp = process.getBuiltinModule('node:http');
