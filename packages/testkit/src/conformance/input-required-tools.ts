import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { StateCodec } from './state-codec.ts';
import { rawTool, textResult, type RawContext, type RawTool } from './raw-tool.ts';

const nameSchema = z.object({ name: z.string() });
const colorSchema = z.object({ color: z.string() });
const stateSchema = z.object({ step: z.string(), name: z.string().optional() });
const okSchema = z.object({ ok: z.boolean() });
const roots = z.object({ roots: z.array(z.object({ uri: z.string() })) });
const sampled = z.object({ content: z.object({ type: z.literal('text'), text: z.string() }) });

const form = (message: string, schema: z.ZodObject) => inputRequired.elicit({ message, requestedSchema: schema });
const sampling = (text: string, maxTokens: number) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text } }], maxTokens });

/** Tools that ask the client by `input_required` results, in the way of the 2026 revision (SEP-2322). */
export function inputRequiredTools(codec: StateCodec): readonly RawTool[] {
  return [
    rawTool('test_input_required_result_elicitation', 'Asks for a name.', {
      run: async (_input, context) => {
        const answer = acceptedContent(context.mcpReq.inputResponses, 'user_name', nameSchema);
        if (answer !== undefined) return textResult(`Hello, ${answer.name}!`);
        return inputRequired({ inputRequests: { user_name: form('What is your name?', nameSchema) } });
      },
    }),
    rawTool('test_input_required_result_sampling', "Asks the client's model.", {
      run: async (_input, context) => {
        const answer = sampled.safeParse(context.mcpReq.inputResponses?.['capital_question']);
        if (answer.success) return textResult(answer.data.content.text);
        return inputRequired({ inputRequests: { capital_question: sampling('What is the capital of France?', 100) } });
      },
    }),
    rawTool('test_input_required_result_list_roots', "Asks for the client's roots.", {
      run: async (_input, context) => {
        const answer = roots.safeParse(context.mcpReq.inputResponses?.['client_roots']);
        if (answer.success) return textResult(`Roots: ${answer.data.roots.map(({ uri }) => uri).join(', ')}`);
        return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
      },
    }),
    rawTool('test_input_required_result_request_state', 'Asks to confirm, and checks the state that comes back.', {
      run: async (_input, context) => confirmWithState(codec, context, 'state-ok'),
    }),
    rawTool('test_input_required_result_tampered_state', 'Refuses a state that was changed.', {
      run: async (_input, context) => confirmWithState(codec, context, 'state was intact'),
    }),
    rawTool('test_input_required_result_multiple_inputs', 'Asks for three things at once.', {
      run: async (_input, { mcpReq }) => {
        const name = acceptedContent(mcpReq.inputResponses, 'user_name', nameSchema);
        const greeting = sampled.safeParse(mcpReq.inputResponses?.['greeting']);
        const clientRoots = roots.safeParse(mcpReq.inputResponses?.['client_roots']);
        if (name !== undefined && greeting.success && clientRoots.success) {
          return textResult(`${greeting.data.content.text} ${name.name} (${clientRoots.data.roots.length} roots)`);
        }
        return inputRequired({
          inputRequests: {
            user_name: form('What is your name?', nameSchema),
            greeting: sampling('Generate a greeting', 50),
            client_roots: inputRequired.listRoots(),
          },
          requestState: codec.mint({ step: 'multiple' }),
        });
      },
    }),
    rawTool('test_input_required_result_multi_round', 'Asks twice, with a state that grows.', {
      run: async (_input, context) => twoRounds(codec, context),
    }),
    rawTool('test_input_required_result_capabilities', 'Asks only for what the client declared.', {
      run: async (_input, context) => {
        if (context.mcpReq.inputResponses !== undefined) return textResult('The client answered what it declared.');
        const declared = declaredCapabilities(context);
        return inputRequired({
          inputRequests: {
            ...('sampling' in declared && { capital_question: sampling('What is the capital of France?', 100) }),
            ...('elicitation' in declared && { user_name: form('What is your name?', nameSchema) }),
            ...('roots' in declared && { client_roots: inputRequired.listRoots() }),
          },
          requestState: codec.mint({ step: 'capabilities' }),
        });
      },
    }),
    rawTool('test_missing_capability', 'Needs the sampling capability.', {
      run: async (_input, context) => {
        if (context.mcpReq.inputResponses !== undefined) return textResult('Sampled.');
        return inputRequired({ inputRequests: { sample: sampling('Say something.', 10) } });
      },
    }),
    rawTool('test_streaming_elicitation', 'Reports on its stream, then asks.', {
      run: async (_input, context) => {
        if (context.mcpReq.inputResponses !== undefined) return textResult('Answered.');
        const progressToken = context.mcpReq._meta?.progressToken;
        if (progressToken !== undefined)
          await context.mcpReq.notify({
            method: 'notifications/progress',
            params: { progressToken, progress: 1, total: 2 },
          });
        return inputRequired({ inputRequests: { user_name: form('What is your name?', nameSchema) } });
      },
    }),
  ];
}

async function confirmWithState(codec: StateCodec, { mcpReq }: RawContext, done: string): ReturnType<RawTool['run']> {
  const answer = acceptedContent(mcpReq.inputResponses, 'confirm', okSchema);
  const state = stateSchema.safeParse(mcpReq.requestState()).data;
  if (answer !== undefined && state?.step === 'confirm') return textResult(done);
  return inputRequired({
    inputRequests: { confirm: form('Please confirm', okSchema) },
    requestState: codec.mint({ step: 'confirm' }),
  });
}

async function twoRounds(codec: StateCodec, { mcpReq }: RawContext): ReturnType<RawTool['run']> {
  const state = stateSchema.safeParse(mcpReq.requestState()).data;
  const name = acceptedContent(mcpReq.inputResponses, 'step1', nameSchema);
  const color = acceptedContent(mcpReq.inputResponses, 'step2', colorSchema);
  if (state?.step === 'two' && color !== undefined) return textResult(`${state.name ?? ''} likes ${color.color}`);
  if (state?.step === 'one' && name !== undefined) {
    return inputRequired({
      inputRequests: { step2: form('Step 2: What is your favorite color?', colorSchema) },
      requestState: codec.mint({ step: 'two', name: name.name }),
    });
  }
  return inputRequired({
    inputRequests: { step1: form('Step 1: What is your name?', nameSchema) },
    requestState: codec.mint({ step: 'one' }),
  });
}

function declaredCapabilities({ mcpReq }: RawContext): object {
  const declared: unknown = Reflect.get(mcpReq.envelope ?? {}, 'io.modelcontextprotocol/clientCapabilities');
  return typeof declared === 'object' && declared !== null ? declared : {};
}
