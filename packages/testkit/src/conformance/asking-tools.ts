import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { rawTool, textResult, type RawContext, type RawResult, type RawTool } from './raw-tool.ts';

const messageSchema = { type: 'object', properties: { message: { type: 'string' } }, required: ['message'] } as const;
const promptSchema = { type: 'object', properties: { prompt: { type: 'string' } }, required: ['prompt'] } as const;

const answerSchema = z.looseObject({ action: z.string(), content: z.unknown().optional() });
const sampledSchema = z.looseObject({ content: z.looseObject({ type: z.string(), text: z.string().optional() }) });

type Form = Parameters<typeof inputRequired.elicit>[0]['requestedSchema'];

const userForm: Form = {
  type: 'object',
  properties: {
    username: { type: 'string', description: "User's response" },
    email: { type: 'string', description: "User's email address" },
  },
  required: ['username', 'email'],
};

const defaultsForm: Form = {
  type: 'object',
  properties: {
    name: { type: 'string', description: 'User name', default: 'John Doe' },
    age: { type: 'integer', description: 'User age', default: 30 },
    score: { type: 'number', description: 'User score', default: 95.5 },
    status: { type: 'string', description: 'User status', enum: ['active', 'inactive', 'pending'], default: 'active' },
    verified: { type: 'boolean', description: 'Verification status', default: true },
  },
  required: [],
};

const enumsForm: Form = {
  type: 'object',
  properties: {
    untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
    titledSingle: {
      type: 'string',
      oneOf: [
        { const: 'value1', title: 'First Option' },
        { const: 'value2', title: 'Second Option' },
        { const: 'value3', title: 'Third Option' },
      ],
    },
    legacyEnum: {
      type: 'string',
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option One', 'Option Two', 'Option Three'],
    },
    untitledMulti: { type: 'array', items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
    titledMulti: {
      type: 'array',
      items: {
        anyOf: [
          { const: 'value1', title: 'First Choice' },
          { const: 'value2', title: 'Second Choice' },
          { const: 'value3', title: 'Third Choice' },
        ],
      },
    },
  },
  required: [],
};

/**
 * Tools that ask the client in mid-call. They are written once, by `input_required` results; a session of a 2025
 * revision gets real `sampling/createMessage` and `elicitation/create` requests for them.
 */
export const askingTools: readonly RawTool[] = [
  rawTool('test_sampling', "Asks the client's model.", {
    inputSchema: promptSchema,
    run: async ({ prompt }, { mcpReq }) => {
      const answer = sampledSchema.safeParse(mcpReq.inputResponses?.['sample']);
      if (answer.success) return textResult(`LLM response: ${answer.data.content.text ?? ''}`);
      const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: String(prompt) } }];
      return inputRequired({ inputRequests: { sample: inputRequired.createMessage({ messages, maxTokens: 100 }) } });
    },
  }),
  rawTool('test_elicitation', 'Asks the user for a name and an address.', {
    inputSchema: messageSchema,
    run: async ({ message }, context) =>
      askUser(context, { message: String(message), form: userForm, done: 'User response' }),
  }),
  rawTool('test_elicitation_sep1034_defaults', 'Asks the user with default values.', {
    run: async (_input, context) =>
      askUser(context, {
        message: 'Please review the form fields with defaults',
        form: defaultsForm,
        done: 'Elicitation completed',
      }),
  }),
  rawTool('test_elicitation_sep1330_enums', 'Asks the user with every kind of choice.', {
    run: async (_input, context) =>
      askUser(context, {
        message: 'Please select options from the enum fields',
        form: enumsForm,
        done: 'Elicitation completed',
      }),
  }),
];

async function askUser({ mcpReq }: RawContext, ask: { message: string; form: Form; done: string }): Promise<RawResult> {
  const answer = answerSchema.safeParse(mcpReq.inputResponses?.['user']);
  if (answer.success)
    return textResult(
      `${ask.done}: action=${answer.data.action}, content=${JSON.stringify(answer.data.content ?? {})}`,
    );
  return inputRequired({
    inputRequests: { user: inputRequired.elicit({ message: ask.message, requestedSchema: ask.form }) },
  });
}
