import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Question, Reply } from '../define/question.ts';
import { InvalidInput } from '../runtime/errors/errors.ts';
import type { Sealer } from '../runtime/sealer.ts';
import { InputNeeded } from './input-needed.ts';
import { RpcError, rpcCode } from './rpc-error.ts';
import type { SpentStates } from './spent-states.ts';

/** What a client sent back of an earlier round: replies by key, and the state that it was given. */
export interface ReturnedInput {
  readonly replies: Readonly<Record<string, unknown>> | undefined;
  readonly state: string | undefined;
}

/** What a dialogue is built from. */
export interface DialogueOptions {
  readonly sealer: Sealer;
  readonly spent: SpentStates;
  /** Who, which tool, which arguments: a state opens for nothing else. */
  readonly boundTo: string;
  /** Absent: the client cannot be asked. */
  readonly returned: ReturnedInput | undefined;
}

const TTL_SECONDS = 600;

const sealedState = z.object({ nonce: z.string(), replies: z.record(z.string(), z.unknown()) });
const wireReply = z.looseObject({ action: z.enum(['accept', 'decline', 'cancel']), content: z.unknown().optional() });

/**
 * The questions of one call over its rounds. Replies of earlier rounds travel in the sealed state, so that no round needs
 * the process that began it (03 P-13).
 */
export class Dialogue {
  readonly #options: DialogueOptions;
  #replies: Readonly<Record<string, unknown>> | undefined;

  constructor(options: DialogueOptions) {
    this.#options = options;
  }

  async ask<Answer extends z.ZodObject>(key: string, question: Question<Answer>): Promise<Reply<Answer>> {
    const { returned } = this.#options;
    if (returned === undefined) throw cannotAnswer();
    this.#replies ??= this.#knownReplies(returned);
    const reply = wireReply.safeParse(this.#replies[key]);
    if (!reply.success) throw this.#needed(key, question);
    if (reply.data.action !== 'accept') return { action: reply.data.action };
    const answer = question.schema.safeParse(reply.data.content);
    if (!answer.success) throw this.#needed(key, question);
    return { action: 'accept', answer: answer.data };
  }

  #knownReplies({ replies = {}, state }: ReturnedInput): Readonly<Record<string, unknown>> {
    if (state === undefined) {
      if (Object.keys(replies).length > 0) throw invalidState();
      return {};
    }
    const opened = this.#options.sealer.open(state, this.#options.boundTo);
    const parsed = opened === undefined ? undefined : sealedState.safeParse(JSON.parse(opened));
    if (parsed?.success !== true || !this.#options.spent.spend(parsed.data.nonce)) throw invalidState();
    return { ...parsed.data.replies, ...replies };
  }

  #needed<Answer extends z.ZodObject>(key: string, { message, schema }: Question<Answer>): InputNeeded {
    const { [key]: _, ...known } = this.#replies ?? {};
    const nonce = randomBytes(16).toString('base64url');
    const state = this.#options.sealer.seal(
      JSON.stringify({ nonce, replies: known }),
      this.#options.boundTo,
      TTL_SECONDS,
    );
    return new InputNeeded({ key, message, schema }, state);
  }
}

function cannotAnswer(): InvalidInput {
  return new InvalidInput('CALLER_CANNOT_ANSWER', {
    publicMessage: 'This tool has to ask a person, and your client cannot be asked.',
    fix: 'Call it from a client that supports elicitation.',
  });
}

function invalidState(): RpcError {
  return new RpcError(rpcCode.invalidParams, 'Invalid or expired requestState. Begin the call again.', {
    reason: 'invalid_request_state',
  });
}
