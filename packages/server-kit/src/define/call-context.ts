import type { Principal } from '@fairlead/contracts';
import type { Logger } from '../runtime/logger.ts';
import type { Cursors } from './cursors.ts';
import type { z } from 'zod';
import type { ContentLabels } from './labels.ts';
import type { Question, Reply } from './question.ts';

/**
 * What a handler may use beside its input: who calls, when to stop, how to report. One per request; nothing in it is
 * shared with another request (03 P-02).
 */
export interface CallContext {
  readonly principal: Principal;
  /** Aborted when the caller cancels or goes away, when the time limit passes, and at the end of a drain. */
  readonly signal: AbortSignal;
  /** Child logger that carries the trace id. */
  readonly log: Logger;
  /** 32 hex digits; the same in logs, spans and error texts. */
  readonly traceId: string;
  /** Reports progress to a caller that asked for it. Rising values only; more than ten a second are merged. */
  readonly progress: (done: number, total?: number, message?: string) => void;
  /** Seals and opens page cursors, bound to this caller, this tool and these arguments. */
  readonly cursors: Cursors;
  /**
   * Cleans outside text, cuts it, and fences it so that a model reads it as data. Labels the whole result as
   * untrusted (06 S-90 to S-94). For bodies: issue, message, file, passage, log.
   */
  readonly untrusted: (text: string, source: string) => string;
  /** Cleans short outside text without a fence, and labels the result. For names, states and table cells. */
  readonly clean: (text: string, source: string) => string;
  /** Sharpens the labels of this result. Integrity only falls, confidentiality only rises. */
  readonly label: (labels: Partial<ContentLabels>) => void;
  /**
   * Adds content items after the text block: resource links and embedded resources. The text block itself comes from
   * the tool's `text`.
   */
  readonly attach: (content: AttachedContent) => void;
  /**
   * Asks the person at the client, for tools that declare `asks` (03 P-13). The tool runs again from its start with the
   * reply, so what comes before a question must have no effect. `key` names the question within the call.
   *
   * @throws InvalidInput `CALLER_CANNOT_ANSWER` when the client has no way to ask anybody.
   */
  readonly ask: <Answer extends z.ZodObject>(key: string, question: Question<Answer>) => Promise<Reply<Answer>>;
}

/** A content item that a handler adds to its result, in the wire form of MCP. */
export type AttachedContent =
  | {
      readonly type: 'resource_link';
      readonly uri: string;
      readonly name: string;
      readonly mimeType?: string;
      readonly description?: string;
      readonly size?: number;
    }
  | {
      readonly type: 'resource';
      readonly resource: { readonly uri: string; readonly mimeType?: string; readonly text: string };
    };
