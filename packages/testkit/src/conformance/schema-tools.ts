import { rawTool, textResult } from './raw-tool.ts';

const branches = [
  { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  { required: ['phone'] },
  { required: ['email'] },
];

/** Conditions of JSON Schema. Built from names, because an object with a literal `then` looks like a promise. */
const conditions = Object.fromEntries(['if', 'then', 'else'].map((keyword, index) => [keyword, branches[index]]));

/** A tool whose input schema uses the vocabulary of JSON Schema 2020-12 (SEP-1613, SEP-2106). */
export const richSchemaTool = rawTool('json_schema_2020_12_tool', 'Tool with JSON Schema 2020-12 features', {
  inputSchema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: {
      address: {
        $anchor: 'addressDef',
        type: 'object',
        properties: { street: { type: 'string' }, city: { type: 'string' } },
      },
    },
    properties: {
      name: { type: 'string' },
      address: { $ref: '#/$defs/address' },
      contactMethod: { type: 'string', enum: ['phone', 'email'] },
      phone: { type: 'string' },
      email: { type: 'string' },
    },
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    ...conditions,
    additionalProperties: false,
  },
  run: async (input) => textResult(`JSON Schema 2020-12 tool called with: ${JSON.stringify(input)}`),
});

/** A tool that asks for an argument to be repeated in a header (SEP-2243). */
export const headerTool = rawTool('test_x_mcp_header', 'Tool with a header argument', {
  inputSchema: {
    type: 'object',
    properties: {
      region: { type: 'string', description: 'Region', 'x-mcp-header': 'Region' },
      query: { type: 'string', description: 'Query' },
    },
  },
  run: async (input) => textResult(`Called with: ${JSON.stringify(input)}`),
});
